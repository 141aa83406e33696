import getJoursFeries from '@socialgouv/jours-feries';
import { DateTime } from 'luxon';
import { ZONE } from './paris.js';

/**
 * Business time of the partners: Monday to Friday, 9 to 12 and 14 to 18, Europe/Paris, French public holidays closed.
 * Seven hours a day, 35 a week. Every delay, due date and reminder is counted here, never in seconds.
 */
export const OPENING_HOURS = [
  { from: 9, to: 12 },
  { from: 14, to: 18 },
] as const;
/** What a business day counts for. */
export const HOURS_A_DAY = OPENING_HOURS.reduce((sum, { from, to }) => sum + to - from, 0);
const FIRST_HOUR = OPENING_HOURS[0].from;
const LAST_HOUR = OPENING_HOURS[1].to;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const local = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: ZONE });

const holidaysByYear = new Map<number, Set<string>>();

/** The package gives midnight of this machine, whatever its time zone: twelve hours later it is the same day there. */
const dayOfMidnight = (midnight: Date): string => {
  const noon = new Date(midnight.getTime() + 12 * HOUR);
  return DateTime.fromJSDate(noon, { zone: 'system' }).toFormat('yyyy-MM-dd');
};

const isWeekday = (day: string): boolean => new Date(day).getUTCDay() % 6 !== 0;

/**
 * Days closed in France, from Monday to Friday: dates as "2026-12-25". Source: articles L3133-1 of the Code du travail, by
 * jours-feries.
 */
const holidaysOf = (year: number): Set<string> => {
  let days = holidaysByYear.get(year);
  if (!days) {
    days = new Set(Object.values(getJoursFeries(year)).map(dayOfMidnight).filter(isWeekday));
    holidaysByYear.set(year, days);
  }
  return days;
};

/** Days in Paris ("2026-12-24") on which one partner is closed, beside those on which everybody is. */
export type Closures = ReadonlySet<string>;
const NONE: Closures = new Set();

const dateOf = (day: DateTime): string => day.toISODate() ?? '';
const yearOf = (day: string): number => Number(day.slice(0, 4));

const isWorked = (day: DateTime): boolean => day.weekday <= 5 && !holidaysOf(day.year).has(dateOf(day));

const isOpen = (day: DateTime, closures: Closures): boolean => isWorked(day) && !closures.has(dateOf(day));

/** By day: asked of the same ones again and again. */
const workedAfter = new Map<string, DateTime>();

const nextWorkedDay = (day: DateTime): DateTime => {
  const known = workedAfter.get(dateOf(day));
  if (known) return known;
  let next = day.plus({ days: 1 }).startOf('day');
  while (!isWorked(next)) next = next.plus({ days: 1 });
  workedAfter.set(dateOf(day), next);
  return next;
};

const nextOpenDay = (day: DateTime, closures: Closures): DateTime => {
  let next = nextWorkedDay(day);
  while (closures.has(dateOf(next))) next = nextWorkedDay(next);
  return next;
};

const daysLater = (from: DateTime, days: number, closures: Closures): DateTime => {
  let day = from;
  for (let counted = 0; counted < days; counted += 1) day = nextOpenDay(day, closures);
  return day;
};

/** Is this instant on a day that the partners work? Hours do not count. */
export const isBusinessDay = (at: Date, closures: Closures = NONE): boolean => isOpen(local(at), closures);

/** The first instant from `at` on that is in opening hours. */
export const nextBusinessInstant = (at: Date, closures: Closures = NONE): Date => {
  const moment = local(at);
  const nextMorning = (): Date => nextOpenDay(moment, closures).set({ hour: FIRST_HOUR }).toJSDate();
  if (!isOpen(moment, closures)) return nextMorning();
  const hour = moment.hour + moment.minute / 60 + moment.second / 3600;
  const slot = OPENING_HOURS.find(({ to }) => hour < to);
  if (!slot) return nextMorning();
  return hour >= slot.from ? at : moment.startOf('day').set({ hour: slot.from }).toJSDate();
};

/**
 * The same hour of the `days`-th business day after the day of `from`, as `endOfBusinessDay` counts; at the next opening
 * when that hour is closed, and at the first of the day for what came in the evening or on a closed day. So a reminder
 * always comes before the end of the day that was promised.
 */
export const addBusinessDays = (from: Date, days: number, closures: Closures = NONE): Date => {
  const moment = local(from);
  const day = daysLater(moment, days, closures).startOf('day').set({ hour: FIRST_HOUR });
  if (!isOpen(moment, closures) || moment.hour >= LAST_HOUR) return day.toJSDate();
  const { hour, minute, second, millisecond } = moment;
  return nextBusinessInstant(day.set({ hour, minute, second, millisecond }).toJSDate(), closures);
};

/** Closing time of the `days`-th business day after the day of `from`: the promise "before Tuesday evening". */
export const endOfBusinessDay = (from: Date, days: number, closures: Closures = NONE): Date =>
  daysLater(local(from), days, closures).startOf('day').set({ hour: LAST_HOUR }).toJSDate();

/** Days since the first of January 1970, of a day as "2026-12-08". */
const placeOf = (day: string): number => Date.parse(day) / DAY;

/** Mondays to Fridays before that place; the first of January 1970 was a Thursday. */
const weekdaysBefore = (place: number): number => {
  const [weeks, left] = [Math.floor((place + 3) / 7), (((place + 3) % 7) + 7) % 7];
  return weeks * 5 + Math.min(left, 5);
};

/** Open days from the first day on, before the last. */
const openDaysBetween = (first: string, last: string, closures: Closures): number => {
  const isWithin = (day: string): boolean => day >= first && day < last;
  let closed = 0;
  for (let year = yearOf(first); year <= yearOf(last); year += 1)
    for (const day of holidaysOf(year)) if (isWithin(day)) closed += 1;
  for (const day of closures) if (isWithin(day) && isWeekday(day) && !holidaysOf(yearOf(day)).has(day)) closed += 1;
  return weekdaysBefore(placeOf(last)) - weekdaysBefore(placeOf(first)) - closed;
};

/** Milliseconds of opening hours that have passed on its day; clocks change at night, outside of them. */
const openedFor = (moment: DateTime, closures: Closures): number => {
  if (!isOpen(moment, closures)) return 0;
  const at = moment.hour * HOUR + moment.minute * MINUTE + moment.second * 1000 + moment.millisecond;
  return OPENING_HOURS.reduce(
    (sum, { from, to }) => sum + Math.min(Math.max(at - from * HOUR, 0), (to - from) * HOUR),
    0,
  );
};

/** Opening hours that passed from one instant to the other, in hours with decimals; 0 when `to` is not after `from`. */
export const businessHoursBetween = (from: Date, to: Date, closures: Closures = NONE): number => {
  if (to <= from) return 0;
  const [start, end] = [local(from), local(to)];
  const days = openDaysBetween(dateOf(start), dateOf(end), closures);
  return days * HOURS_A_DAY + (openedFor(end, closures) - openedFor(start, closures)) / HOUR;
};

/** The day in Paris, as "2026-12-08". */
export const localDay = (at: Date): string => dateOf(local(at));

/** The month in Paris, as "2026-12". */
export const localMonth = (at: Date): string => localDay(at).slice(0, 7);

/** Midnight in Paris at the start of a day given as "2026-12-08". */
export const startOfLocalDay = (day: string): Date => DateTime.fromISO(day, { zone: ZONE }).startOf('day').toJSDate();

/** The hour in Paris, as "2026-12-08T14". */
export const localHour = (at: Date): string => local(at).toISO()?.slice(0, 13) ?? '';
