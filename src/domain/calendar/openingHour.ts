import { businessHoursBetween, startOfLocalDay } from './businessTime.js';

/** Counted from here on; nothing of the desk is older. */
const ORIGIN = startOfLocalDay('2020-01-01');

/** Asked again and again of the same instants. */
const known = new Map<number, number>();
const MOST_KNOWN = 10_000;

/**
 * The number of whole opening hours since the first of January 2020 in Paris. What lasts between two instants is the
 * difference of their numbers: exact when counts are kept for another instant than the one they are read at.
 */
export const openingHour = (at: Date): number => {
  const hour = known.get(at.getTime()) ?? Math.floor(businessHoursBetween(ORIGIN, at));
  if (known.size === MOST_KNOWN) known.clear();
  known.set(at.getTime(), hour);
  return hour;
};
