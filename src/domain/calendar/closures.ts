import type { Closures } from './businessTime.js';

/** Days of Paris ("2026-12-24") on which a partner is closed, first and last included. */
export interface Closure {
  from: string;
  to: string;
  label: string;
}

const DAY = 24 * 3_600_000;

/** Whether a text is a day of the calendar, as "2026-12-24". */
export const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** How many days there are from one day to another, both included; 0 or less when they are in the wrong order. */
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY) + 1;

/** Every day on which the partner is closed. */
export const closedDays = (closures: Pick<Closure, 'from' | 'to'>[]): Closures => {
  const days = closures.flatMap(({ from, to }) => {
    const first = Date.parse(`${from}T00:00:00Z`);
    return Array.from({ length: Math.max(0, daysFrom(from, to)) }, (_, later) =>
      new Date(first + later * DAY).toISOString().slice(0, 10),
    );
  });
  return new Set(days);
};
