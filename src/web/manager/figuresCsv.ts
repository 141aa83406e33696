import { stringify } from 'csv-stringify/sync';
import type { Request, Response } from 'express';
import { dateInWords, timeInWords } from '../../domain/calendar/words.js';
import { BREAKDOWNS, COLUMNS } from '../../domain/statistics/breakdowns.js';
import { type KpiId, kpi, type Unit } from '../../domain/statistics/kpis.js';
import type { Figure } from '../../domain/statistics/tally.js';
import type { Figures } from '../../services/statistics/readFigures.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { figuresAsked } from './figureQuery.js';

/** One line a figure, so that a spreadsheet may sort and sum them as it likes. */
const HEADER = [
  'Période',
  'Données au',
  'Tableau',
  'Ligne',
  'Chiffre',
  'Valeur',
  'Unité',
  'Numérateur',
  'Dénominateur',
  'Période d’avant',
  'Définition',
];
const UNITS: Record<Unit, string> = { count: 'projets', share: '%', hours: 'heures ouvrées' };

/** A number with a decimal comma, as French spreadsheets read it; empty when there is nothing to count. */
const decimal = (value: number | null): string =>
  value === null ? '' : String(Math.round(value * 100) / 100).replace('.', ',');

const shown = (id: KpiId, { value }: Figure): string =>
  decimal(kpi(id).unit === 'share' && value !== null ? value * 100 : value);

type Line = { table: string; line: string; id: KpiId; figure: Figure; before?: Figure };

const linesOf = ({ figures, breakdowns }: Figures): Line[] => [
  ...figures.map(({ id, figure, before }) => ({ table: 'Ensemble', line: 'Ensemble', id, figure, before })),
  ...breakdowns.flatMap((cut) =>
    cut.rows.flatMap((row) =>
      COLUMNS.map((id) => ({ table: BREAKDOWNS[cut.id].label, line: row.label, id, figure: row.figures[id] })),
    ),
  ),
];

/** UTF-8 with its mark, semicolons, decimal commas; a text that a spreadsheet would take for a formula is neutralised. */
const csvOf = (figures: Figures): string => {
  const asOf = `${dateInWords(figures.asOf)} à ${timeInWords(figures.asOf)}`;
  const rows = linesOf(figures).map(({ table, line, id, figure, before }) => [
    figures.period.label,
    asOf,
    table,
    line,
    kpi(id).label,
    shown(id, figure),
    UNITS[kpi(id).unit],
    decimal(figure.numerator),
    decimal(figure.denominator),
    before ? shown(id, before) : '',
    kpi(id).sentence,
  ]);
  return stringify([HEADER, ...rows], {
    bom: true,
    delimiter: ';',
    escape_formulas: true,
    record_delimiter: 'windows',
  });
};

type Uses = Pick<Services, 'clock' | 'readFigureChoices' | 'readFigures' | 'territory'>;

/** The figures of the page as a file, each with its definition. */
export const figuresCsv = ({ clock, readFigureChoices, readFigures, territory }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const directory = { reader, territory, now: clock(), ...(await readFigureChoices(reader)) };
    const figures = await readFigures(reader, figuresAsked(req, directory).query);
    res.attachment(`chiffres-${figures.period.first}-${figures.period.last}.csv`).type('text/csv; charset=utf-8');
    res.send(csvOf(figures));
  },
});
