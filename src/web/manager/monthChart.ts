import { max, sum } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import type { BreakdownRow, Column } from '../../domain/statistics/breakdowns.js';

/**
 * The flow of the period, as three bands of bars on one scale: received, taken in hand, closed. Places across are in per
 * cent, so that the same drawing fits a phone and a wide page while its words keep their size. Each bar bears its number.
 */
const BANDS: { column: Column; label: string }[] = [
  { column: 'submitted', label: 'Projets reçus' },
  { column: 'taken', label: 'dont pris en charge' },
  { column: 'closed', label: 'dont clôturés' },
];

const BAR_HEIGHT = 64;
const BAND_HEIGHT = BAR_HEIGHT + 48;
const MOST_BARS = 14;

const MONTHS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'];

interface Slot {
  label: string;
  /** In words, for the description. */
  counts: Record<string, number>;
}

type Cut = (month: string) => string;
const byMonth: Cut = (month) => month;
const byQuarter: Cut = (month) => `${month.slice(0, 4)}-T${Math.ceil(Number(month.slice(5)) / 3)}`;
const byYear: Cut = (month) => month.slice(0, 4);

/** Months when they fit, else quarters, else years. */
const slotsOf = (rows: BreakdownRow[]): Slot[] => {
  const cuts = [byMonth, byQuarter].map((cut) => group(rows, cut));
  const fitting = cuts.find((slots) => slots.length <= MOST_BARS) ?? group(rows, byYear);
  return fitting.map(({ key, members }) => ({
    label: labelOf(key),
    counts: Object.fromEntries(
      BANDS.map(({ column }) => [column, sum(members, (row) => row.figures[column].value ?? 0)]),
    ),
  }));
};

const group = (rows: BreakdownRow[], cut: Cut): { key: string; members: BreakdownRow[] }[] => {
  const keys = [...new Set(rows.map(({ id }) => cut(id ?? '')))];
  return keys.map((key) => ({ key, members: rows.filter(({ id }) => cut(id ?? '') === key) }));
};

const labelOf = (key: string): string => {
  if (/^\d{4}-\d\d$/.test(key)) return MONTHS[Number(key.slice(5)) - 1] ?? key;
  return key.includes('-T') ? `${key.slice(5)} ${key.slice(2, 4)}` : key;
};

const percent = (value: number): string => `${value.toFixed(2)}%`;

/** The drawing, ready for views/manager/monthChart.ejs; null when there is nothing to draw. */
export const monthChart = (rows: BreakdownRow[]) => {
  const slots = slotsOf(rows);
  const highest = max(slots, ({ counts }) => counts['submitted']) ?? 0;
  if (highest === 0) return null;
  const across = scaleBand<number>().domain(slots.keys()).range([0, 100]).padding(0.25);
  const up = scaleLinear().domain([0, highest]).range([0, BAR_HEIGHT]);
  const bandAt = (index: number): number => index * BAND_HEIGHT;

  const bands = BANDS.map(({ column, label }, index) => {
    const floor = bandAt(index) + BAND_HEIGHT - 8;
    const bars = slots.map(({ counts }, slot) => {
      const value = counts[column] ?? 0;
      const left = across(slot) ?? 0;
      return {
        x: percent(left),
        width: percent(across.bandwidth()),
        middle: percent(left + across.bandwidth() / 2),
        y: floor - up(value),
        height: up(value),
        label: value === 0 ? '' : String(value),
        labelY: floor - up(value) - 5,
      };
    });
    return {
      label,
      total: sum(slots, ({ counts }) => counts[column] ?? 0),
      titleY: bandAt(index) + 16,
      floor,
      bars,
      className: `c${index + 1}`,
    };
  });
  const bottom = bandAt(BANDS.length);
  return {
    bands,
    height: bottom + 16,
    labels: slots.map(({ label }, slot) => ({
      text: label,
      middle: percent((across(slot) ?? 0) + across.bandwidth() / 2),
      y: bottom + 8,
      isSecond: slot % 2 === 1 && slots.length > 7,
    })),
    description: `${BANDS.map(({ label }, index) => `${label} : ${bands[index]?.total}`).join(', ')}. Le détail est dans le tableau qui suit.`,
  };
};
