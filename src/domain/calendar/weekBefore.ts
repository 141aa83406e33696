import { DateTime } from 'luxon';
import { ZONE } from './paris.js';

/** The week, Monday to Sunday in Paris, that ended before the week of this day ("2026-12-08"). */
export const weekBefore = (day: string): { from: Date; to: Date } => {
  const monday = DateTime.fromISO(day, { zone: ZONE }).startOf('week');
  return { from: monday.minus({ weeks: 1 }).toJSDate(), to: monday.toJSDate() };
};
