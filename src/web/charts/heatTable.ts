import { max } from 'd3-array';
import { needsByPlace } from '../../domain/statistics/cuts.js';
import type { Tally } from '../../domain/statistics/tally.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { number } from './drawing.js';
import { stepOf } from './steps.js';

/** Needs by territory, ready for views/components/charts/heatTable.ejs: numbers on a ground that darkens; null when empty. */
export const heatTable = (places: Tally['places'], territory: Pick<Territory, 'epcis' | 'words'>) => {
  const { places: columns, rows } = needsByPlace(places, territory);
  if (rows.length === 0) return null;
  const most = max(rows.flatMap(({ counts }) => counts)) ?? 0;
  return {
    title: 'Besoins par territoire',
    help: 'Nombre de projets par besoin principal. Plus la couleur est marquée, plus il y en a.',
    /** A hyphen that shows only where a telephone needs it. */
    columns: columns.map((column) => column.replace('Métropole', 'Métro\u00adpole')),
    rows: rows.map(({ need, total, counts }) => ({
      need: frenchTypography(need),
      total: number(total),
      cells: counts.map((count) => ({ text: number(count), step: stepOf(count, most) })),
    })),
  };
};
