import { businessHoursBetween, HOURS_A_DAY, isBusinessDay, localDay, startOfLocalDay } from './businessTime.js';

/** The days from here on are counted; nothing of the desk is older. */
const ORIGIN = '2020-01-01';
const DAY = 86_400_000;

const placeOf = (day: string): number => Math.round((Date.parse(day) - Date.parse(ORIGIN)) / DAY);
const dayAt = (place: number): string => new Date(Date.parse(ORIGIN) + place * DAY).toISOString().slice(0, 10);

/** Opening hours before each day, as far as anybody asked. */
const before: number[] = [0];

const hoursBefore = (day: string): number => {
  const place = placeOf(day);
  while (before.length <= place) {
    const last = before.length - 1;
    const hours = isBusinessDay(startOfLocalDay(dayAt(last))) ? HOURS_A_DAY : 0;
    before.push((before[last] ?? 0) + hours);
  }
  return before[place] ?? 0;
};

const opening = (at: Date): number => {
  const day = localDay(at);
  return Math.floor(hoursBefore(day) + businessHoursBetween(startOfLocalDay(day), at));
};

/** Asked again and again of the same instants. */
const known = new Map<number, number>();
const MOST_KNOWN = 10_000;

/**
 * The number of whole opening hours since the first of January 2020 in Paris. What lasts between two instants is the
 * difference of their numbers: exact when counts are kept for another instant than the one they are read at.
 */
export const openingHour = (at: Date): number => {
  const hour = known.get(at.getTime()) ?? opening(at);
  if (known.size === MOST_KNOWN) known.clear();
  known.set(at.getTime(), hour);
  return hour;
};
