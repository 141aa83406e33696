import { DateTime } from 'luxon';

/** An instant in Paris, to the minute, "2026-10-05 08:40": compares as it reads. Counted apart from domain/calendar. */
export type Moment = string;

const ZONE = 'Europe/Paris';
const FORMAT = 'yyyy-MM-dd HH:mm';
const DAY = 86_400_000;

/** The days of the autumn of 2026 on which France does not work, beside Saturdays and Sundays. */
const HOLIDAYS = ['2026-11-01', '2026-11-11', '2026-12-25', '2027-01-01'];

export const dayOf = (moment: Moment): string => moment.slice(0, 10);
const timeOf = (moment: Moment): string => moment.slice(11);

export const instantOf = (moment: Moment): Date => DateTime.fromFormat(moment, FORMAT, { zone: ZONE }).toJSDate();
export const momentOf = (at: Date): Moment => DateTime.fromJSDate(at, { zone: ZONE }).toFormat(FORMAT);

const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay();
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + DAY).toISOString().slice(0, 10);
export const isWorked = (day: string): boolean => ![0, 6].includes(weekdayOf(day)) && !HOLIDAYS.includes(day);
export const isMonday = (day: string): boolean => weekdayOf(day) === 1;
export const isSaturday = (day: string): boolean => weekdayOf(day) === 6;

export const workedDayAfter = (day: string, count: number): string => {
  let found = day;
  for (let left = count; left > 0; left -= isWorked(found) ? 1 : 0) found = nextDay(found);
  return found;
};

/** So many minutes later; not used across a change of the clocks. */
export const minutesLater = (moment: Moment, minutes: number): Moment =>
  momentOf(new Date(instantOf(moment).getTime() + minutes * 60_000));

/** Forty-five times twenty-four hours later, say. */
export const daysLater = (moment: Moment, days: number): Moment =>
  momentOf(new Date(instantOf(moment).getTime() + days * DAY));

/** The same hour so many business days later; in a closed hour, the next opening; after the day's end, its beginning. */
export const businessDaysLater = (moment: Moment, count: number): Moment => {
  const day = workedDayAfter(dayOf(moment), count);
  const time = timeOf(moment);
  if (!isWorked(dayOf(moment)) || time < '09:00' || time >= '18:00') return `${day} 09:00`;
  return `${day} ${time >= '12:00' && time < '14:00' ? '14:00' : time}`;
};

/** Staff are written to from 7:30 to 19:00 on worked days. */
export const staffHour = (moment: Moment): Moment => {
  if (isWorked(dayOf(moment)) && timeOf(moment) < '07:30') return `${dayOf(moment)} 07:30`;
  if (isWorked(dayOf(moment)) && timeOf(moment) < '19:00') return moment;
  return `${workedDayAfter(dayOf(moment), 1)} 07:30`;
};
