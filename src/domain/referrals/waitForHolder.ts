import { addBusinessHours } from '../calendar/addBusinessHours.js';
import { businessHoursBetween, type Closures, endOfBusinessDay } from '../calendar/businessTime.js';
import { WAIT_DAYS } from './lifecycle.js';

/** The instant until which the clock stands still for an answer to a question asked at `at`. */
export const waitsUntil = (at: Date, closures?: Closures): Date => endOfBusinessDay(at, WAIT_DAYS, closures);

/** A wait for the holder, from the first question that stands unanswered. */
export interface Wait {
  at: Date;
  until: Date;
}

/**
 * The due date once the wait is over, at `endedAt` or at its `until`, whichever comes first: later by the opening hours
 * that passed meanwhile. A date that was already past when the question was asked does not move: late stays late.
 */
export const callByAfterWait = (
  callBy: Date,
  { at, until }: Wait,
  { endedAt, closures }: { endedAt: Date; closures?: Closures },
): Date => {
  if (callBy <= at) return callBy;
  const end = endedAt < until ? endedAt : until;
  return addBusinessHours(callBy, businessHoursBetween(at, end, closures), closures);
};
