import type { MonthTally } from './breakdowns.js';
import type { KpiId } from './kpis.js';
import { addTallies, type Figure, figureOf } from './tally.js';

/** What is followed along a period. */
export const FOLLOWED = [
  'submitted',
  'taken',
  'closed',
  'takenWithin2',
  'medianDelay',
  'longDelay',
] as const satisfies KpiId[];
export type Followed = (typeof FOLLOWED)[number];

/** A month, a quarter or a year of a period: "2026-11", "2026-T4", "2026". */
export interface Slot {
  key: string;
  figures: Record<Followed, Figure>;
}

/** More than that cannot be told apart on a telephone. */
const MOST_SLOTS = 14;

type Cut = (month: string) => string;
const CUTS: Cut[] = [
  (month) => month,
  (month) => `${month.slice(0, 4)}-T${Math.ceil(Number(month.slice(5)) / 3)}`,
  (month) => month.slice(0, 4),
];

const slotsBy = (months: MonthTally[], cut: Cut): Slot[] => {
  const keys = [...new Set(months.map(({ month }) => cut(month)))];
  return keys.map((key) => {
    const whole = addTallies(months.filter(({ month }) => cut(month) === key).map(({ all }) => all));
    return { key, figures: Object.fromEntries(FOLLOWED.map((id) => [id, figureOf(id, whole)])) as Slot['figures'] };
  });
};

/** A period in steps: its months when they are few enough, else quarters, else years. */
export const timelineOf = (months: MonthTally[]): Slot[] => {
  const cuts = CUTS.map((cut) => slotsBy(months, cut));
  return cuts.find((slots) => slots.length <= MOST_SLOTS) ?? cuts.at(-1) ?? [];
};
