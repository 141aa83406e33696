import getJoursFeries from '@socialgouv/jours-feries';
import { DateTime, Interval } from 'luxon';

/**
 * Business time of the partners: Monday to Friday, 9 to 12 and 14 to 18, Europe/Paris, French public holidays closed.
 * Seven hours a day, 35 a week. Every delay, due date and reminder is counted here, never in seconds.
 */
export const ZONE = 'Europe/Paris';
export const OPENING_HOURS = [
  { from: 9, to: 12 },
  { from: 14, to: 18 },
] as const;
const FIRST_HOUR = OPENING_HOURS[0].from;
const LAST_HOUR = OPENING_HOURS[1].to;

const local = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: ZONE });

const holidaysByYear = new Map<number, Set<string>>();

/** Days closed in France: dates as "2026-12-25". Source: articles L3133-1 of the Code du travail, by jours-feries. */
const holidaysOf = (year: number): Set<string> => {
  let days = holidaysByYear.get(year);
  if (!days) {
    days = new Set(Object.values(getJoursFeries(year)).map((day) => day.toISOString().slice(0, 10)));
    holidaysByYear.set(year, days);
  }
  return days;
};

const isOpen = (day: DateTime): boolean => day.weekday <= 5 && !holidaysOf(day.year).has(day.toISODate() ?? '');

const nextOpenDay = (day: DateTime): DateTime => {
  let next = day.plus({ days: 1 }).startOf('day');
  while (!isOpen(next)) next = next.plus({ days: 1 });
  return next;
};

const daysLater = (from: DateTime, days: number): DateTime => {
  let day = from;
  for (let counted = 0; counted < days; counted += 1) day = nextOpenDay(day);
  return day;
};

/** Is this instant on a day that the partners work? Hours do not count. */
export const isBusinessDay = (at: Date): boolean => isOpen(local(at));

/** The first instant from `at` on that is in opening hours. */
export const nextBusinessInstant = (at: Date): Date => {
  const moment = local(at);
  if (!isOpen(moment)) return nextOpenDay(moment).set({ hour: FIRST_HOUR }).toJSDate();
  const hour = moment.hour + moment.minute / 60 + moment.second / 3600;
  const slot = OPENING_HOURS.find(({ to }) => hour < to);
  if (!slot) return nextOpenDay(moment).set({ hour: FIRST_HOUR }).toJSDate();
  return hour >= slot.from ? at : moment.startOf('day').set({ hour: slot.from }).toJSDate();
};

/** The same hour, `days` business days later; what starts outside opening hours counts from the next opening. */
export const addBusinessDays = (from: Date, days: number): Date => {
  const start = local(nextBusinessInstant(from));
  const { hour, minute, second, millisecond } = start;
  return daysLater(start, days).set({ hour, minute, second, millisecond }).toJSDate();
};

/** Closing time of the `days`-th business day after the day of `from`: the promise "before Tuesday evening". */
export const endOfBusinessDay = (from: Date, days: number): Date =>
  daysLater(local(from), days).startOf('day').set({ hour: LAST_HOUR }).toJSDate();

const hoursOn = (day: DateTime, range: Interval): number => {
  if (!isOpen(day)) return 0;
  return OPENING_HOURS.reduce((sum, { from, to }) => {
    const slot = Interval.fromDateTimes(day.set({ hour: from }), day.set({ hour: to }));
    return sum + (slot.intersection(range)?.length('hours') ?? 0);
  }, 0);
};

/** Opening hours that passed from one instant to the other, in hours with decimals; 0 when `to` is not after `from`. */
export const businessHoursBetween = (from: Date, to: Date): number => {
  if (to <= from) return 0;
  const range = Interval.fromDateTimes(local(from), local(to));
  let hours = 0;
  for (let day = local(from).startOf('day'); day <= local(to); day = day.plus({ days: 1 }))
    hours += hoursOn(day, range);
  return hours;
};

/** The day in Paris, as "2026-12-08". */
export const localDay = (at: Date): string => local(at).toFormat('yyyy-MM-dd');

/** The month in Paris, as "2026-12". */
export const localMonth = (at: Date): string => local(at).toFormat('yyyy-MM');

/** Midnight in Paris at the start of a day given as "2026-12-08". */
export const startOfLocalDay = (day: string): Date => DateTime.fromISO(day, { zone: ZONE }).startOf('day').toJSDate();
