import { localMonth } from '../calendar/businessTime.js';
import { addMonths } from './localDays.js';
import { endOfMonth, FOLLOWED_MONTHS } from './lookedAt.js';
import { endOf, type Period, parsePeriod } from './period.js';

/** Quarters by their code ("2026-T4"): what the committee's reports are about. */
const CODE = /^20\d\d-T[1-4]$/;

export const isQuarter = (code: string): boolean => CODE.test(code);

const quarterOfMonth = (month: string): string => `${month.slice(0, 4)}-T${Math.ceil(Number(month.slice(5)) / 3)}`;

/** The quarter in which an instant lies, in Paris. */
export const quarterAt = (now: Date): string => quarterOfMonth(localMonth(now));

/** The quarter so many quarters earlier. */
export const quartersBefore = (code: string, quarters: number): string => {
  const [year, quarter] = code.split('-T') as [string, string];
  return quarterOfMonth(addMonths(`${year}-${String(Number(quarter) * 3).padStart(2, '0')}`, -3 * quarters));
};

/** The last quarter that is over. */
export const lastQuarter = (now: Date): string => quartersBefore(quarterAt(now), 1);

/** The period of a quarter, by its code. */
export const quarterNamed = (code: string): Period => parsePeriod({ periode: code }, new Date(0));

/** From when on its figures never change: its projects are no longer followed. */
export const settledFrom = (code: string): Date =>
  endOfMonth(addMonths(quarterNamed(code).last.slice(0, 7), FOLLOWED_MONTHS));

/** Does no project come in it any more? */
export const isOver = (code: string, now: Date): boolean => endOf(quarterNamed(code)) <= now;
