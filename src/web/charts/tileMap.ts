import { max } from 'd3-array';
import { byEpci } from '../../domain/statistics/cuts.js';
import type { Tally } from '../../domain/statistics/tally.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { type Chart, linesAt, type Mark, NARROW, number, projects, rectAt, textAt } from './drawing.js';
import { stepOf, stepText } from './steps.js';

const GAP = 4;
const HEIGHT = 66;

/** Where projects come from: one tile an EPCI, north up; null when there is none. */
export const tileMap = (
  places: Tally['places'],
  { epcis, words }: Pick<Territory, 'epcis' | 'words'>,
): Chart | null => {
  const { map } = words;
  const side = (NARROW + GAP) / map.columns;
  const counts = byEpci(places);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const of = (siren: string): number => counts.get(siren) ?? 0;
  const most = max(epcis, ({ siren }) => of(siren)) ?? 0;
  const marks = epcis.flatMap(({ siren }): Mark[] => {
    const tile = map.tiles[siren];
    if (!tile) return [];
    const [x, y] = [tile.column * side, tile.row * HEIGHT];
    const step = stepOf(of(siren), most);
    const middle = x + (side - GAP) / 2;
    return [
      rectAt({ x, y, width: side - GAP, height: HEIGHT - GAP }, `tile-step step-${step}`),
      textAt(number(of(siren)), { x: middle, y: y + 22, anchor: 'middle', look: `title ${stepText(step)}` }),
      ...linesAt(tile.label, { x: middle, y: y + 39, anchor: 'middle', look: `label ${stepText(step)}` }, 14),
    ];
  });
  const sorted = epcis.toSorted((a, b) => of(b.siren) - of(a.siren));
  const elsewhere = of('');
  return {
    id: 'carte',
    title: 'D’où viennent les projets',
    description: `${sorted
      .slice(0, 3)
      .map(({ siren, name }) => `${frenchTypography(name)}\u00a0: ${number(of(siren))}`)
      .join(', ')}. Hors du territoire ou non précisé\u00a0: ${number(elsewhere)}.`,
    help: `Une case par intercommunalité, le nord en haut. Plus sa couleur est marquée, plus il y a de projets. Hors du territoire ou commune non précisée\u00a0: ${projects(elsewhere)}.`,
    drawings: [{ size: 'any', width: NARROW, height: map.rows * HEIGHT - GAP, marks }],
    table: {
      caption: 'Projets par intercommunalité',
      columns: [{ label: 'Intercommunalité' }, { label: 'Projets', isNumber: true }],
      rows: [
        ...sorted.map(({ siren, name }) => [frenchTypography(name), number(of(siren))]),
        ['Hors du territoire ou non précisé', number(elsewhere)],
      ],
    },
  };
};
