import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { HOURS_A_DAY } from '../../domain/calendar/businessTime.js';
import type { Slot } from '../../domain/statistics/timeline.js';
import { figureInWords } from '../../domain/statistics/words.js';
import {
  type Chart,
  type Drawing,
  type Mark,
  NARROW,
  number,
  rectAt,
  round,
  textAt,
  textWidth,
  WIDE,
} from './drawing.js';
import { SLOT_LABELS_HEIGHT, slotInWords, slotLabels } from './slotLabels.js';

const BAR_HEIGHT = 64;
const SHARES_FLOOR = BAR_HEIGHT + 40;
const DELAYS_TITLE = SHARES_FLOOR + 32;
const DELAYS_TOP = DELAYS_TITLE + 44;
const DELAYS_HEIGHT = 92;
/** Under it, a row of the numbers of the lower dots, then the months. */
const DELAYS_FLOOR = DELAYS_TOP + DELAYS_HEIGHT;

const daysOf = (hours: number): number => hours / HOURS_A_DAY;

/** "0,9", "2,4", "12": opening days, short enough for a month on a telephone. */
const daysInShort = (hours: number): string =>
  new Intl.NumberFormat('fr-FR', { maximumFractionDigits: daysOf(hours) < 10 ? 1 : 0 }).format(daysOf(hours));

const legend = (y: number): Mark[] => {
  const words = ['la moitié des projets', 'neuf projets sur dix'] as const;
  const second = 14 + textWidth(words[0]) + 14;
  return [
    { kind: 'dot', x: 5, y: y - 4, radius: 4.5, look: 'c1' },
    textAt(words[0], { x: 14, y }),
    { kind: 'dot', x: round(second), y: y - 4, radius: 4.5, look: 'hollow' },
    textAt(words[1], { x: second + 9, y }),
  ];
};

const draw = (slots: Slot[], size: 'wide' | 'narrow'): Drawing => {
  const width = size === 'wide' ? WIDE : NARROW;
  const across = scaleBand<number>().domain(slots.keys()).range([0, width]).padding(0.2);
  const middles = slots.map((_, index) => (across(index) ?? 0) + across.bandwidth() / 2);
  const longest = max(slots, ({ figures }) => figures.longDelay.value ?? 0) || HOURS_A_DAY;
  const down = scaleLinear().domain([0, longest]).range([DELAYS_FLOOR, DELAYS_TOP]);

  const shares = slots.flatMap(({ figures }, index): Mark[] => {
    const share = figures.takenWithin2.value;
    if (share === null) return [];
    const height = share * BAR_HEIGHT;
    const bar = { x: across(index) ?? 0, y: SHARES_FLOOR - height, width: across.bandwidth(), height };
    const text = number(share * 100);
    return [rectAt(bar, 'c1'), textAt(text, { x: middles[index] ?? 0, y: bar.y - 5, anchor: 'middle' })];
  });
  const delays = slots.flatMap(({ figures: { medianDelay, longDelay } }, index): Mark[] => {
    if (medianDelay.value === null || longDelay.value === null) return [];
    const x = round(middles[index] ?? 0);
    const [middle, long] = [round(down(medianDelay.value)), round(down(longDelay.value))];
    return [
      { kind: 'line', x1: x, x2: x, y1: long, y2: middle, look: 'range' },
      { kind: 'dot', x, y: long, radius: 4.5, look: 'hollow' },
      { kind: 'dot', x, y: middle, radius: 4.5, look: 'c1' },
      textAt(daysInShort(longDelay.value), { x, y: long - 8, anchor: 'middle' }),
      textAt(daysInShort(medianDelay.value), { x, y: DELAYS_FLOOR + 16, anchor: 'middle', look: 'label strong' }),
    ];
  });
  const floor = (y: number): Mark => ({ kind: 'line', x1: 0, x2: width, y1: y, y2: y, look: 'axis' });
  const bottom = DELAYS_FLOOR + 35;
  const labels = slotLabels(
    slots.map(({ key }) => key),
    { middles, y: bottom },
  );
  return {
    size,
    width,
    height: bottom + SLOT_LABELS_HEIGHT - 14,
    marks: [
      textAt('Pris en charge en 2 jours ouvrés, pour cent', { x: 0, y: 16, look: 'title' }),
      floor(SHARES_FLOOR),
      ...shares,
      textAt('Délai de prise en charge, jours ouvrés', { x: 0, y: DELAYS_TITLE, look: 'title' }),
      ...legend(DELAYS_TITLE + 20),
      floor(DELAYS_FLOOR),
      ...delays,
      ...labels,
    ],
  };
};

/** How fast projects were taken in hand along the period; null when none was. */
export const delayChart = (slots: Slot[]): Chart | null => {
  const measured = slots.filter(({ figures }) => figures.medianDelay.value !== null);
  const last = measured.at(-1);
  if (!last) return null;
  const { takenWithin2, medianDelay, longDelay } = last.figures;
  return {
    id: 'delais',
    title: 'Délais de prise en charge',
    description: `En dernier, ${slotInWords(last.key)}\u00a0: ${figureInWords('share', takenWithin2)} en 2 jours ouvrés\u00a0; la moitié des projets en ${figureInWords('hours', medianDelay)}, neuf sur dix en ${figureInWords('hours', longDelay)}.`,
    help: 'En jours ouvrés de 7 heures, depuis l’arrivée chez le partenaire actuel. Chaque projet compte dans le mois où il est arrivé.',
    drawings: [draw(slots, 'wide'), draw(slots, 'narrow')],
    table: {
      caption: 'Délais de prise en charge',
      columns: [
        { label: 'Quand' },
        { label: 'En 2 jours ouvrés', isNumber: true },
        { label: 'La moitié des projets', isNumber: true },
        { label: 'Neuf projets sur dix', isNumber: true },
      ],
      rows: slots.map(({ key, figures }) => [
        slotInWords(key),
        figureInWords('share', figures.takenWithin2),
        figureInWords('hours', figures.medianDelay),
        figureInWords('hours', figures.longDelay),
      ]),
    },
  };
};
