import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { ReplayReport } from '../../../domain/routing/replay.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { destinationInWords } from './replayWords.js';

/** Two bars a partner, before and after, on one scale from zero. Widths are in per cent, so that words keep their size. */
const ROW_HEIGHT = 66;
const BAR_HEIGHT = 16;
/** Room kept at the end of the longest bar for its number. */
const WIDEST = 88;

interface Load {
  name: string;
  before: number;
  after: number;
}

export const loadsOf = ({ loadBefore, loadAfter }: ReplayReport, territory: Territory): Load[] =>
  [...new Set([...Object.keys(loadBefore), ...Object.keys(loadAfter)])]
    .map((id) => ({
      name: destinationInWords(id, territory),
      before: loadBefore[id] ?? 0,
      after: loadAfter[id] ?? 0,
    }))
    .sort((a, b) => b.before - a.before || b.after - a.after || a.name.localeCompare(b.name, 'fr'));

/** The drawing, ready for views/manager/rules/loadChart.ejs; its numbers are those of the table beside it. */
export const loadChart = (loads: Load[]) => {
  const across = scaleLinear()
    .domain([0, Math.max(1, max(loads, ({ before, after }) => Math.max(before, after)) ?? 0)])
    .range([0, WIDEST]);
  const bar = (value: number, y: number, className: string) => ({
    className,
    y,
    width: `${across(value).toFixed(2)}%`,
    height: BAR_HEIGHT,
    numberX: `${(across(value) + 1).toFixed(2)}%`,
    numberY: y + BAR_HEIGHT - 3,
    value,
  });
  return {
    height: loads.length * ROW_HEIGHT,
    rows: loads.map(({ name, before, after }, index) => ({
      name,
      nameY: index * ROW_HEIGHT + 16,
      bars: [
        bar(before, index * ROW_HEIGHT + 22, 'others'),
        bar(after, index * ROW_HEIGHT + 22 + BAR_HEIGHT + 2, 'c1'),
      ],
    })),
  };
};

const signed = (change: number): string => (change > 0 ? `+${change}` : change < 0 ? `\u2212${-change}` : '0');

export const loadTable = (loads: Load[]) => ({
  caption: 'Projets par partenaire, avant et après',
  columns: [
    { label: 'Partenaire' },
    { label: 'Avant', isNumber: true },
    { label: 'Après', isNumber: true },
    { label: 'Écart', isNumber: true },
  ],
  rows: loads.map(({ name, before, after }) => [name, String(before), String(after), signed(after - before)]),
});
