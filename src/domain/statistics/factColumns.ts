import { localDay } from '../calendar/businessTime.js';
import type { Names } from './names.js';
import { day, type SheetColumn, type SheetValue } from './sheets.js';

/**
 * A column of the files that have one line a project, or a referral: codes and words for them, days of Paris, whole opening
 * hours. Neither names, nor titles, nor what people wrote: facts have none.
 */
export interface FactColumn<Facts> extends SheetColumn {
  /** What the sheet of definitions says of it. */
  means: string;
  of: (row: Facts, names: Names) => SheetValue;
}

export const NARROW = 12;
export const MIDDLE = 22;
export const WIDE = 38;

const HOUR = 3_600_000;
const MOST_KEPT = 50_000;
const days = new Map<number, string>();

/** The day in Paris, whose offset is of whole hours: a million rows have a few thousand different hours. */
export const dayOf = (at: Date | null): SheetValue => {
  if (!at) return null;
  const hour = Math.floor(at.getTime() / HOUR);
  const known = days.get(hour);
  if (known) return day(known);
  if (days.size >= MOST_KEPT) days.clear();
  const own = localDay(at);
  days.set(hour, own);
  return day(own);
};

export const yesOrNo = (value: boolean | null): SheetValue => {
  if (value === null) return null;
  return value ? 'oui' : 'non';
};

/** Several values in one cell. */
export const listed = (values: (string | null)[]): SheetValue => values.join(' | ') || null;

/** A row as the line of a file. */
export const lineOf = <Facts>(columns: FactColumn<Facts>[], row: Facts, names: Names): SheetValue[] =>
  columns.map(({ of }) => of(row, names));
