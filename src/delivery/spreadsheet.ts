import { batchesOf, type Sheet, type SheetColumn, type SheetValue } from '../domain/statistics/sheets.js';
import { zipArchive } from './archive.js';
import { contentTypes, RELATIONS, STYLE, STYLES, workbook, workbookRelations } from './spreadsheetParts.js';
import { xml } from './xml.js';

/** Limits of a sheet in Excel: lines with the header, and characters of a cell. */
const MOST_LINES = 1_048_576;
const LONGEST_TEXT = 32_767;
/** Characters of XML made at a time. */
const PIECE = 65_536;
const DAY = 86_400_000;
/** 1 January 1970 as spreadsheets count days. */
const EPOCH = 25_569;

/** "A", "Z", "AA"… */
const letters = (place: number): string =>
  place < 26 ? String.fromCharCode(65 + place) : letters(Math.floor(place / 26) - 1) + letters(place % 26);

const textCell = (at: string, text: string, style: string): string =>
  `<c r="${at}"${style} t="inlineStr"><is><t xml:space="preserve">${xml(text.slice(0, LONGEST_TEXT))}</t></is></c>`;

const numberCell = (at: string, value: number, style = ''): string =>
  Number.isFinite(value) ? `<c r="${at}"${style}><v>${value}</v></c>` : '';

const serial = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY + EPOCH;

/** A text is always a text, whatever it begins with: nothing in the file is a formula. */
const cell = (at: string, value: SheetValue): string => {
  if (value === null) return '';
  if (typeof value === 'string') return value === '' ? '' : textCell(at, value, '');
  if (typeof value === 'number') return numberCell(at, value);
  return 'share' in value ? numberCell(at, value.share, STYLE.share) : numberCell(at, serial(value.day), STYLE.day);
};

const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

/** The widths, and the header, which stays in view. */
const beginning = (columns: SheetColumn[], names: string[]): string => {
  const widths = columns.map(
    ({ width }, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`,
  );
  const header = columns.map(({ label }, place) => textCell(`${names[place]}1`, label, STYLE.header));
  return `${HEAD}<cols>${widths.join('')}</cols><sheetData><row r="1">${header.join('')}</row>`;
};

type Rows = AsyncGenerator<SheetValue[]>;

async function* oneByOne(sheet: Sheet): Rows {
  for await (const rows of batchesOf(sheet)) yield* rows;
}

/** One sheet, to the end of the rows or of the sheet; `went` is told whether there are rows left. */
async function* sheetXml(
  columns: SheetColumn[],
  rows: Rows,
  first: SheetValue[] | null,
  { mostLines, left }: { mostLines: number; left: (row: SheetValue[] | null) => void },
): AsyncGenerator<string> {
  const names = columns.map((_, place) => letters(place));
  let piece = beginning(columns, names);
  let line = 1;
  let row = first;
  while (row && line < mostLines) {
    line += 1;
    piece += `<row r="${line}">`;
    for (let place = 0; place < row.length; place += 1) piece += cell(names[place] + String(line), row[place] ?? null);
    piece += '</row>';
    if (piece.length >= PIECE) {
      yield piece;
      piece = '';
    }
    row = await nextOf(rows);
  }
  left(row);
  const last = `${names.at(-1) ?? 'A'}${line}`;
  yield `${piece}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
}

const nextOf = async (rows: Rows): Promise<SheetValue[] | null> => {
  const { done, value } = await rows.next();
  return done ? null : value;
};

/** A name that a sheet may have and that none has yet: 31 characters, and none of []:*?/\ */
const sheetName = (name: string, taken: string[]): string => {
  const plain = name
    .replace(/[[\]:*?/\\\s]+/g, ' ')
    .trim()
    .replace(/^'+|'+$/g, '');
  for (let attempt = 1; ; attempt += 1) {
    const end = attempt > 1 ? ` (${attempt})` : '';
    const own = plain.slice(0, 31 - end.length).trim() + end;
    if (!taken.some((other) => other.toLowerCase() === own.toLowerCase())) return own;
  }
};

/**
 * Tables as a workbook (Office Open XML, ECMA-376), piece by piece, in step with whoever reads it: numbers, shares and days are
 * typed, the header stays in view, a table longer than a sheet goes on in "… (2)". Neither rows nor sheets are held.
 */
export async function* xlsx(sheets: Sheet[], mostLines = MOST_LINES): AsyncGenerator<Uint8Array> {
  const archive = zipArchive();
  const names: string[] = [];
  for (const sheet of sheets) {
    const { name, columns } = sheet;
    const all = oneByOne(sheet);
    try {
      let first = await nextOf(all);
      do {
        names.push(sheetName(name, names));
        const left = (row: SheetValue[] | null): void => {
          first = row;
        };
        yield* archive.add(
          `xl/worksheets/sheet${names.length}.xml`,
          sheetXml(columns, all, first, { mostLines, left }),
        );
      } while (first);
    } finally {
      await all.return(null);
    }
  }
  yield* archive.add('xl/styles.xml', [STYLES]);
  yield* archive.add('xl/workbook.xml', [workbook(names)]);
  yield* archive.add('xl/_rels/workbook.xml.rels', [workbookRelations(names)]);
  yield* archive.add('_rels/.rels', [RELATIONS]);
  yield* archive.add('[Content_Types].xml', [contentTypes(names)]);
  yield* archive.end();
}
