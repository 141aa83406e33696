import { rollups, sum } from 'd3-array';
import { axisLabel, axisOf, FATE_IDS, FATES, type Flow, flowsOf } from '../../domain/statistics/cuts.js';
import type { Tally } from '../../domain/statistics/tally.js';
import type { Territory } from '../../domain/territory/territory.js';
import { capital } from '../../domain/territory/typography.js';
import { type Chart, type Drawing, number, textAt, WIDE } from './drawing.js';
import { partnerInShort } from './partnerNames.js';
import { type Column, type Passage, sankey } from './sankey.js';
import { stackedBars } from './stackedBars.js';

const TOP = 34;
const fateLabel = (fate: Flow['fate']): string => capital(FATES[fate].many);

const LOOKS: Record<string, string> = {
  [fateLabel('helped')]: 'link link--good',
  [fateLabel('no_solution')]: 'link link--bad',
};

const totalOf = (flows: Pick<Flow, 'projects'>[]): number => sum(flows, ({ projects }) => projects);

/** Names from the most projects to the fewest. */
const byNumber = (passages: Passage[], place: number): string[] =>
  rollups(passages, totalOf, ({ through }) => through[place] ?? '')
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);

const wide = (passages: Passage[]): Drawing => {
  const columns: Column[] = [
    { x: 156, order: byNumber(passages, 0), side: 'before', room: 148 },
    { x: 356, order: byNumber(passages, 1), side: 'after', room: 160 },
    { x: 574, order: FATE_IDS.map(fateLabel), side: 'after', room: 126 },
  ];
  const { marks, bottom } = sankey(passages, columns, TOP, (place, target) =>
    place === 1 ? (LOOKS[target] ?? 'link') : 'link',
  );
  const headings = [
    textAt('Axe du besoin', { x: 166, y: 16, anchor: 'end', look: 'title' }),
    textAt('Partenaire', { x: 356, y: 16, look: 'title' }),
    textAt('Ce qu’ils deviennent', { x: 574, y: 16, look: 'title' }),
  ];
  return { size: 'wide', width: WIDE, height: bottom + 12, marks: [...headings, ...marks] };
};

/** Neighbours differ most. */
const SHADES = ['step-5', 'step-2', 'step-4', 'step-1', 'step-3'];

/** Three columns do not fit a telephone: there, each axis is a bar cut by partner; the end is in the chart of outcomes. */
const narrow = (passages: Passage[]): Drawing => {
  const bars = byNumber(passages, 0).map((axis) => {
    const own = passages.filter(({ through }) => through[0] === axis);
    return {
      label: axis,
      parts: byNumber(own, 1).map((partner, rank) => ({
        words: partner,
        projects: totalOf(own.filter(({ through }) => through[1] === partner)),
        look: `edged ${SHADES[rank % SHADES.length]}`,
      })),
    };
  });
  return stackedBars(bars, 'narrow');
};

/** From the axis of the need to the partner, and to what the project becomes; null when there is none. */
export const pathChart = (kept: Tally['flows'], territory: Territory): Chart | null => {
  const flows = flowsOf(kept);
  if (flows.length === 0) return null;
  const passages = flows.map(({ need, partner, fate, projects }) => ({
    through: [axisLabel(axisOf(need)), partnerInShort(partner, territory), fateLabel(fate)],
    projects,
  }));
  const fates = FATE_IDS.filter((fate) => flows.some((flow) => flow.fate === fate));
  const lines = byNumber(passages, 0).flatMap((axis) => {
    const own = passages.filter(({ through }) => through[0] === axis);
    return byNumber(own, 1).map((partner) => {
      const both = own.filter(({ through }) => through[1] === partner);
      const cells = fates.map((fate) => number(totalOf(both.filter(({ through }) => through[2] === fateLabel(fate)))));
      return [`${axis}, ${partner}`, ...cells];
    });
  });
  const [first] = byNumber(passages, 0);
  return {
    id: 'parcours',
    title: 'Du besoin au partenaire, et à l’issue',
    description: `${number(totalOf(passages))} projets. L’axe qui en a le plus\u00a0: ${first}.`,
    help: 'La largeur de chaque trait dit combien de projets suivent ce chemin. Sur un téléphone, chaque axe est une barre, partagée entre les partenaires.',
    drawings: [wide(passages), narrow(passages)],
    table: {
      caption: 'Du besoin au partenaire, et à l’issue',
      columns: [{ label: 'Axe et partenaire' }, ...fates.map((fate) => ({ label: fateLabel(fate), isNumber: true }))],
      rows: lines,
    },
  };
};
