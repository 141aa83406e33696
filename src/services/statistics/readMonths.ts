import { openingHour } from '../../domain/calendar/openingHour.js';
import type { MonthTally } from '../../domain/statistics/breakdowns.js';
import { cellLaterBy, cellsFor, type Selected, tallyFor } from '../../domain/statistics/cells.js';
import { earlierOf, endOfMonth } from '../../domain/statistics/lookedAt.js';
import type { Parts } from '../parts.js';
import { countedAt } from './lastCount.js';

export type MonthParts = Pick<Parts, 'cells' | 'clock' | 'marks' | 'territory'>;

/** Which counts: of the projects of these months, as they stood at the end of `until` (or at the last count), under a selection. */
export interface Asked {
  months: string[];
  until: string;
  selected: Selected[];
  /** Also cut by the other dimensions, for breakdowns: true unless told, never with two selected. */
  isCut?: boolean;
}

/** The instant of the counts of a month: its end, or the last count while it is not over, or not counted to its end. */
export const asOfUntil = async (parts: MonthParts, until: string): Promise<Date> => {
  const last = (await countedAt(parts)) ?? parts.clock();
  return earlierOf(endOfMonth(until), last);
};

/** The counts of each month asked for: one cell a month and value, however many projects there are. */
export const readMonths =
  (parts: MonthParts) =>
  async ({ months, until, selected, isCut = true }: Asked): Promise<MonthTally[]> => {
    const hours = openingHour(await asOfUntil(parts, until));
    const [, second] = selected;
    const lines = second?.dimension ?? (isCut ? 'breakdowns' : 'none');
    const cells = await parts.cells.read({ months, until, ...cellsFor(selected), lines });
    return months.map((month) => {
      const own = cells.filter((cell) => cell.month === month).map((cell) => cellLaterBy(cell, hours));
      return { month, ...tallyFor(own, selected) };
    });
  };
