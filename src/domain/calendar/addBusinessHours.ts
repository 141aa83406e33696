import { DateTime } from 'luxon';
import { type Closures, nextBusinessInstant, OPENING_HOURS } from './businessTime.js';
import { ZONE } from './paris.js';

const HOUR = 3_600_000;

/** When this opening slot ends. `at` is in opening hours. */
const closingAfter = (at: Date): Date => {
  const moment = DateTime.fromJSDate(at, { zone: ZONE });
  const slot = OPENING_HOURS.find(({ to }) => moment.hour < to) ?? OPENING_HOURS[1];
  return moment.startOf('day').set({ hour: slot.to }).toJSDate();
};

/** The instant by which so many opening hours (with decimals) have passed since `from`; `from` itself for none. */
export const addBusinessHours = (from: Date, hours: number, closures?: Closures): Date => {
  let left = Math.round(hours * HOUR);
  if (left <= 0) return from;
  let at = nextBusinessInstant(from, closures);
  for (;;) {
    const closing = closingAfter(at);
    const room = closing.getTime() - at.getTime();
    if (left <= room) return new Date(at.getTime() + left);
    left -= room;
    at = nextBusinessInstant(closing, closures);
  }
};
