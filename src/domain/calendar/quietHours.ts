import { DateTime } from 'luxon';
import { isBusinessDay } from './businessTime.js';
import { ZONE } from './paris.js';

/** No e-mail leaves to staff before 7:30, from 19:00 on, or on a day when nobody works, in Paris. */
const OPENS = { hour: 7, minute: 30 };
const CLOSES = { hour: 19 };

const dayOf = (at: DateTime): DateTime => at.startOf('day');

/** The first instant from `at` on at which an e-mail may leave to staff: `at` itself outside quiet hours. */
export const afterQuietHours = (at: Date): Date => {
  const moment = DateTime.fromJSDate(at, { zone: ZONE });
  const opens = dayOf(moment).set(OPENS);
  if (isBusinessDay(at) && moment < dayOf(moment).set(CLOSES)) return moment < opens ? opens.toJSDate() : at;
  let next = dayOf(moment).plus({ days: 1 });
  while (!isBusinessDay(next.toJSDate())) next = next.plus({ days: 1 });
  return next.set(OPENS).toJSDate();
};
