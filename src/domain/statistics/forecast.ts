import { businessHoursBetween, type Closures, HOURS_A_DAY, isBusinessDay } from '../calendar/businessTime.js';
import { PACE_DAYS } from './attention.js';

const DAY = 86_400_000;

/** Since when the pace of a partner is measured: PACE_DAYS of its business days ago. */
export const paceSince = (now: Date, closures?: Closures): Date => {
  let at = now.getTime();
  for (let days = 0; days < PACE_DAYS; ) {
    at -= DAY;
    if (isBusinessDay(new Date(at), closures)) days += 1;
  }
  return new Date(at);
};

/**
 * Those of a line whose turn comes after their date, at the pace of `taken` in PACE_DAYS: the third of a line is taken after
 * three times what one takes. `line`: soonest date first; those whose date is past stand before the others, and are not given.
 */
export const aboutToMiss = <Waiting extends { callBy: Date }>(
  line: Waiting[],
  { taken, now, closures }: { taken: number; now: Date; closures?: Closures },
): Waiting[] => {
  const hoursEach = taken === 0 ? Number.POSITIVE_INFINITY : (PACE_DAYS * HOURS_A_DAY) / taken;
  return line.filter(
    ({ callBy }, place) => callBy >= now && (place + 1) * hoursEach > businessHoursBetween(now, callBy, closures),
  );
};
