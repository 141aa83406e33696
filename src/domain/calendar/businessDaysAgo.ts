import { DateTime } from 'luxon';
import { isBusinessDay } from './businessTime.js';
import { ZONE } from './paris.js';

/**
 * Midnight in Paris at the start of the `days`-th business day before today: what is older has lain for more than so many
 * business days.
 */
export const businessDaysAgo = (now: Date, days: number): Date => {
  let day = DateTime.fromJSDate(now, { zone: ZONE }).startOf('day');
  for (let counted = 0; counted < days; counted += isBusinessDay(day.toJSDate()) ? 1 : 0) day = day.minus({ days: 1 });
  return day.toJSDate();
};
