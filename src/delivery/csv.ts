import { type Options, stringify } from 'csv-stringify/sync';
import { batchesOf, type Sheet, type SheetValue } from '../domain/statistics/sheets.js';

/**
 * As French spreadsheets read it: UTF-8 with its mark, semicolons, lines that end as on Windows. A text that would be taken for a
 * formula gets an apostrophe before it (OWASP, "CSV injection").
 */
const OPTIONS: Options = {
  delimiter: ';',
  escape_formulas: true,
  record_delimiter: 'windows',
  // Its own rule quotes the two together alone: a line feed by itself would begin another line.
  quoted_match: /[\r\n]/,
};

const decimal = (value: number): string => String(Math.round(value * 100) / 100).replace('.', ',');

/** Numbers with a decimal comma, shares as percentages, days as "2026-12-08", which is one day in every country. */
const shown = (value: SheetValue): string => {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return decimal(value);
  return 'share' in value ? decimal(value.share * 100) : value.day;
};

/** A table as a CSV file, piece by piece, in step with whoever reads it. */
export async function* csv(sheet: Sheet): AsyncGenerator<Uint8Array> {
  yield Buffer.from(stringify([sheet.columns.map(({ label }) => label)], { ...OPTIONS, bom: true }));
  for await (const rows of batchesOf(sheet))
    yield Buffer.from(
      stringify(
        rows.map((row) => row.map(shown)),
        OPTIONS,
      ),
    );
}
