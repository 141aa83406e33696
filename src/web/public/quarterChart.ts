import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';

export interface QuarterBar {
  /** Two short lines: the quarter, and its months when they are not all counted. */
  label: string;
  under: string;
  /** What the bar says: its number, or why there is none. */
  text: string;
  /** Null: hidden, there is no bar. */
  value: number | null;
}

const TALLEST = 120;
const TOP = 24;
const FLOOR = TOP + TALLEST;

const percent = (value: number): string => `${value.toFixed(2)}%`;

/** Bars from zero, each with its number; places across in per cent, so that words keep their size on a phone. */
export const quarterChart = (bars: QuarterBar[]) => {
  const highest = max(bars, ({ value }) => value ?? 0) ?? 0;
  if (highest === 0) return null;
  const across = scaleBand<number>().domain(bars.keys()).range([0, 100]).padding(0.3);
  const up = scaleLinear().domain([0, highest]).range([0, TALLEST]);
  return {
    height: FLOOR + 48,
    floor: FLOOR,
    labelY: FLOOR + 20,
    underY: FLOOR + 38,
    bars: bars.map(({ value, ...words }, place) => {
      const left = across(place) ?? 0;
      const height = up(value ?? 0);
      return {
        ...words,
        x: percent(left),
        width: percent(across.bandwidth()),
        middle: percent(left + across.bandwidth() / 2),
        y: FLOOR - height,
        height,
        textY: FLOOR - height - 6,
      };
    }),
  };
};
