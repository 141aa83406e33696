import { localDay, localMonth, startOfLocalDay } from '../calendar/businessTime.js';
import { addMonths, lastDayOf, monthsBetween } from './localDays.js';
import type { Period } from './period.js';

/**
 * When a period is looked at. Its projects are followed until the end of the month after it: from then on its figures never
 * change, except those of a period that has not come so far, which are those of the last count ("données au …"). Counts are
 * kept for the end of each month, so that every period, and every comparison, is a sum of whole months.
 */
export const FOLLOWED_MONTHS = 1;

/** The months of a period, first to last; a period that begins or ends inside a month counts it whole. */
export const monthsOf = ({ first, last }: Pick<Period, 'first' | 'last'>): string[] =>
  monthsBetween(first.slice(0, 7), last.slice(0, 7));

/** The month at whose end a period is looked at, or the current one, which is not over. */
export const untilOf = ({ last }: Pick<Period, 'last'>, now: Date): string => {
  const final = addMonths(last.slice(0, 7), FOLLOWED_MONTHS);
  const current = localMonth(now);
  if (current < final) return current;
  return final;
};

/** The end of a month in Paris: the first instant of the next one. */
export const endOfMonth = (month: string): Date => startOfLocalDay(`${addMonths(month, 1)}-01`);

/** What is over is looked at as it stood at its end, what is not, as it stands now. */
export const earlierOf = (end: Date, now: Date): Date => new Date(Math.min(end.getTime(), now.getTime()));

/** Is it over? Then its figures never change. */
export const isSettled = (until: string, now: Date): boolean => until < localMonth(now);

/** Projects may still come in: counts do not compare yet, shares and delays do. */
export const isUnderWay = ({ last }: Pick<Period, 'last'>, now: Date): boolean => last.slice(0, 7) >= localMonth(now);

const MIDDLE_OF_MONTH = 15;

/**
 * The end of a month that is nearest to when a period is looked at: comparisons are kept for ends of months only. One that is
 * just over, looked at in the first half of the next month, is compared with what was known at the end of the earlier one.
 */
const nearestEnd = (period: Pick<Period, 'last'>, now: Date): string => {
  const until = untilOf(period, now);
  const isEarly = until === localMonth(now) && Number(localDay(now).slice(8)) <= MIDDLE_OF_MONTH;
  return isEarly && until > period.last.slice(0, 7) ? addMonths(until, -1) : until;
};

/** As many whole months, so many months earlier, looked at from as far. */
export const earlier = (period: Pick<Period, 'first' | 'last'>, months: number, now: Date) => {
  const shift = (month: string): string => addMonths(month, -months);
  const own = monthsOf(period).map(shift);
  const first = own[0] ?? shift(period.first.slice(0, 7));
  const last = own.at(-1) ?? first;
  return { months: own, until: shift(nearestEnd(period, now)), first: `${first}-01`, last: lastDayOf(last) };
};

/** What a period is compared with: the one just before it, and the same one of the year before. */
export const comparedWith = (period: Pick<Period, 'first' | 'last'>, now: Date) => ({
  before: earlier(period, monthsOf(period).length, now),
  yearBefore: earlier(period, 12, now),
});
