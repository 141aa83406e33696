import { type Options, stringify } from 'csv-stringify/sync';
import type { Sheet, SheetValue } from '../domain/statistics/sheets.js';

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

/** Lines made at a time. */
const BATCH = 250;

const decimal = (value: number): string => String(Math.round(value * 100) / 100).replace('.', ',');

/** Numbers with a decimal comma, shares as percentages, days as "2026-12-08", which is one day in every country. */
const shown = (value: SheetValue): string => {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return decimal(value);
  return 'share' in value ? decimal(value.share * 100) : value.day;
};

/** A table as a CSV file, piece by piece, in step with whoever reads it. */
export async function* csv({ columns, rows }: Sheet): AsyncGenerator<Uint8Array> {
  yield Buffer.from(stringify([columns.map(({ label }) => label)], { ...OPTIONS, bom: true }));
  let lines: string[][] = [];
  for await (const row of rows) {
    lines.push(row.map(shown));
    if (lines.length < BATCH) continue;
    yield Buffer.from(stringify(lines, OPTIONS));
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(stringify(lines, OPTIONS));
}
