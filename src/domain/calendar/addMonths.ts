import { DateTime } from 'luxon';
import { ZONE } from './paris.js';

/** The same day and hour in Paris, so many months later; the last day of the month when it has no such day. */
export const addMonths = (from: Date, months: number): Date =>
  DateTime.fromJSDate(from, { zone: ZONE }).plus({ months }).toJSDate();
