import { businessHoursBetween, type Closures, isBusinessDay } from '../calendar/businessTime.js';
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

/** A project that a partner took lately: it waited from one instant to the other. */
export interface Wait {
  sentAt: Date;
  takenAt: Date;
}

/**
 * Opening hours that the partner needs to take one project: those in which at least one of these waited, divided by how many
 * were taken. Hours without any project say nothing of how fast it is. Null: it took none.
 */
export const hoursToTakeOne = (waits: Wait[], closures?: Closures): number | null => {
  if (waits.length === 0) return null;
  let hours = 0;
  let seenTo = new Date(0);
  for (const { sentAt, takenAt } of waits.toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime())) {
    hours += businessHoursBetween(sentAt > seenTo ? sentAt : seenTo, takenAt, closures);
    if (takenAt > seenTo) seenTo = takenAt;
  }
  return hours / waits.length;
};

/**
 * Those of a line whose turn comes after their date: the third is taken after three times what one takes. `line`: soonest date
 * first; those whose date is past stand before the others, and are not given.
 */
export const aboutToMiss = <Waiting extends { callBy: Date }>(
  line: Waiting[],
  { hoursEach, now, closures }: { hoursEach: number | null; now: Date; closures?: Closures },
): Waiting[] =>
  line.filter(
    ({ callBy }, place) =>
      callBy >= now && (hoursEach === null || (place + 1) * hoursEach > businessHoursBetween(now, callBy, closures)),
  );
