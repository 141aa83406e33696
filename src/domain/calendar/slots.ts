import { DateTime } from 'luxon';
import { isBusinessDay } from './businessTime.js';
import { ZONE } from './paris.js';

/** When something runs by itself; hours are those of Paris. A week, or a quarter, begins on its first business day. */
export type When =
  | { every: 'minute' }
  | { every: 'night' | 'business morning' | 'week' | 'quarter'; at: `${number}:${number}` };

const isOpen = (day: DateTime): boolean => isBusinessDay(day.toJSDate());

/** Whether one of the `count` days before this one is open. */
const hasOpenBefore = (day: DateTime, count: number): boolean =>
  Array.from({ length: count }, (_, index) => index + 1).some((days) => isOpen(day.minus({ days })));

const isFirstOfWeek = (day: DateTime): boolean => isOpen(day) && !hasOpenBefore(day, day.weekday - 1);

const isFirstOfQuarter = (day: DateTime): boolean =>
  day.month % 3 === 1 && isOpen(day) && !hasOpenBefore(day, day.day - 1);

const FALLS_ON = {
  night: () => true,
  'business morning': isOpen,
  week: isFirstOfWeek,
  quarter: isFirstOfQuarter,
} as const satisfies Record<string, (day: DateTime) => boolean>;

/**
 * The last of its times, at `now` or before: the day in Paris ("2026-12-08"), or the minute ("2026-12-08T07:30Z"). A day has
 * one, also when its clocks change.
 */
export const latestSlot = (when: When, now: Date): string => {
  if (when.every === 'minute') return `${now.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`;
  const [hour = 0, minute = 0] = when.at.split(':').map(Number);
  const moment = DateTime.fromJSDate(now, { zone: ZONE });
  let day = moment.startOf('day');
  while (!FALLS_ON[when.every](day) || day.set({ hour, minute }) > moment) day = day.minus({ days: 1 });
  return day.toFormat('yyyy-MM-dd');
};
