import { rollups, sum } from 'd3-array';
import { FATE_IDS, FATES, type Fate, type Flow, flowsOf } from '../../domain/statistics/cuts.js';
import type { Tally } from '../../domain/statistics/tally.js';
import type { Territory } from '../../domain/territory/territory.js';
import { partnerInWords } from '../projectWords.js';
import { type Chart, number, type Pattern } from './drawing.js';
import { partnerInShort } from './partnerNames.js';
import { type Bar, stackedBars } from './stackedBars.js';

/** How each fate is filled: from full to empty, and by pattern, so that grey says as much as colour. */
export const FATE_LOOKS: Record<Fate, { look: string; pattern?: Pattern }> = {
  helped: { look: 'c1' },
  no_solution: { look: 'edged', pattern: 'stripes' },
  unreachable: { look: 'edged', pattern: 'dots' },
  in_progress: { look: 'tint' },
  waiting: { look: 'empty' },
  triage: { look: 'empty' },
  withdrawn: { look: 'edged', pattern: 'lines' },
  closed: { look: 'edged', pattern: 'lines' },
  out_of_territory: { look: 'edged', pattern: 'lines' },
};

const countOf = (flows: Flow[], fate: Fate): number =>
  sum(flows, ({ fate: own, projects }) => (own === fate ? projects : 0));

const totalOf = (flows: Flow[]): number => sum(flows, ({ projects }) => projects);

const named = (fate: Fate, count: number): string => FATES[fate][count > 1 ? 'many' : 'one'];

const barOf = (label: string, flows: Flow[]): Bar => ({
  label,
  parts: FATE_IDS.flatMap((fate) => {
    const count = countOf(flows, fate);
    return count === 0 ? [] : [{ words: named(fate, count), projects: count, ...FATE_LOOKS[fate] }];
  }),
});

/** What has become of the projects of each partner; null when no partner has any. */
export const outcomeChart = (kept: Tally['flows'], territory: Territory): Chart | null => {
  const atPartners = flowsOf(kept).filter(({ partner }) => partner !== null);
  const groups = rollups(
    atPartners,
    (flows) => flows,
    ({ partner }) => partner ?? '',
  ).sort(([, a], [, b]) => totalOf(b) - totalOf(a));
  if (groups.length === 0) return null;
  const bars = groups.map(([partner, flows]) => barOf(partnerInShort(partner, territory), flows));
  const fates = FATE_IDS.filter((fate) => countOf(atPartners, fate) > 0);
  return {
    id: 'issues',
    title: 'Ce que les projets deviennent, par partenaire',
    description: `${fates.map((fate) => `${number(countOf(atPartners, fate))} ${named(fate, countOf(atPartners, fate))}`).join(', ')}.`,
    help: 'Toutes les barres ont la même longueur\u00a0: elles montrent des parts. Chaque projet compte chez le partenaire qui l’a.',
    drawings: [stackedBars(bars, 'wide'), stackedBars(bars, 'narrow')],
    table: {
      caption: 'Ce que les projets deviennent, par partenaire',
      columns: [{ label: 'Partenaire' }, ...fates.map((fate) => ({ label: FATES[fate].many, isNumber: true }))],
      rows: groups.map(([partner, flows]) => [
        partnerInWords(partner, territory),
        ...fates.map((fate) => number(countOf(flows, fate))),
      ]),
    },
  };
};
