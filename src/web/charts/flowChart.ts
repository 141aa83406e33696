import { max, sum } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import type { Followed, Slot } from '../../domain/statistics/timeline.js';
import { type Chart, type Drawing, type Mark, NARROW, number, rectAt, textAt, WIDE } from './drawing.js';
import { SLOT_LABELS_HEIGHT, slotInWords, slotLabels } from './slotLabels.js';

/** The flow of the period, as three bands of bars on one scale. Each bar bears its number. */
const BANDS: { id: Followed; label: string; look: string }[] = [
  { id: 'submitted', label: 'Projets reçus', look: 'c1' },
  { id: 'taken', label: 'dont pris en charge', look: 'c2' },
  { id: 'closed', label: 'dont clôturés', look: 'c3' },
];

const BAR_HEIGHT = 64;
const BAND_HEIGHT = BAR_HEIGHT + 50;

const countIn = ({ figures }: Slot, id: Followed): number => figures[id].value ?? 0;
const totalOf = (slots: Slot[], id: Followed): number => sum(slots, (slot) => countIn(slot, id));

const draw = (slots: Slot[], highest: number, size: 'wide' | 'narrow'): Drawing => {
  const width = size === 'wide' ? WIDE : NARROW;
  const across = scaleBand<number>().domain(slots.keys()).range([0, width]).padding(0.2);
  const up = scaleLinear().domain([0, highest]).range([0, BAR_HEIGHT]);
  const middles = slots.map((_, index) => (across(index) ?? 0) + across.bandwidth() / 2);
  const bands = BANDS.flatMap(({ id, label, look }, place): Mark[] => {
    const floor = (place + 1) * BAND_HEIGHT - 8;
    const title = textAt(`${label}\u00a0: ${number(totalOf(slots, id))}`, {
      x: 0,
      y: place * BAND_HEIGHT + 16,
      look: 'title',
    });
    const bars = slots.flatMap((slot, index): Mark[] => {
      const height = up(countIn(slot, id));
      const bar = rectAt({ x: across(index) ?? 0, y: floor - height, width: across.bandwidth(), height }, look);
      const text = number(countIn(slot, id));
      return [bar, textAt(text, { x: middles[index] ?? 0, y: floor - height - 5, anchor: 'middle' })];
    });
    return [title, ...bars, { kind: 'line', x1: 0, x2: width, y1: floor, y2: floor, look: 'axis' }];
  });
  const bottom = BANDS.length * BAND_HEIGHT;
  const labels = slotLabels(
    slots.map(({ key }) => key),
    { middles, y: bottom + 8 },
  );
  return { size, width, height: bottom + SLOT_LABELS_HEIGHT, marks: [...bands, ...labels] };
};

/** Projects received, taken in hand and closed along the period; null when there is none. */
export const flowChart = (slots: Slot[]): Chart | null => {
  const highest = max(slots, (slot) => countIn(slot, 'submitted')) ?? 0;
  if (highest === 0) return null;
  return {
    id: 'flux',
    title: 'Projets reçus, pris en charge et clôturés',
    description: `${BANDS.map(({ id, label }) => `${label}\u00a0: ${number(totalOf(slots, id))}`).join(', ')}.`,
    help: 'Chaque projet compte dans le mois où il est arrivé.',
    drawings: [draw(slots, highest, 'wide'), draw(slots, highest, 'narrow')],
    table: {
      caption: 'Projets reçus, pris en charge et clôturés',
      columns: [{ label: 'Quand' }, ...BANDS.map(({ label }) => ({ label, isNumber: true }))],
      rows: slots.map((slot) => [slotInWords(slot.key), ...BANDS.map(({ id }) => number(countIn(slot, id)))]),
    },
  };
};
