import type { Request, Response } from 'express';
import { dateInWords, timeInWords } from '../../domain/calendar/words.js';
import { BREAKDOWNS, type Breakdown, COLUMNS } from '../../domain/statistics/breakdowns.js';
import { kpi } from '../../domain/statistics/kpis.js';
import { monthsInWords } from '../../domain/statistics/period.js';
import { baseInWords, changeInWords, figureInWords } from '../../domain/statistics/words.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Figures } from '../../services/statistics/readFigures.js';
import type { Services } from '../../services.js';
import { errorSummary } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { monthChart } from './monthChart.js';
import { periodForm, periodOf, periodQuery, type WrongDates, wrongDatesOf } from './periodForm.js';

type FigureRow = Figures['figures'][number];

/** Without a project before, every figure would be "more than before". */
const hasBefore = (figures: FigureRow[]): boolean =>
  figures.some(({ id, before }) => id === 'submitted' && (before.value ?? 0) > 0);

const tileModel = ({ id, figure, before }: FigureRow, compared: boolean) => {
  const row = kpi(id);
  const change = compared ? changeInWords(row.unit, figure, before) : null;
  const base = baseInWords(row, figure);
  const was = figureInWords(row.unit, before);
  return {
    label: row.label,
    figure: figureInWords(row.unit, figure),
    change: change && {
      arrow: change.arrow,
      text: change.arrow === 'same' ? change.text : `${change.text} (${was} avant)`,
    },
    sentence: [base && `${capital(base)}.`, row.sentence].filter(Boolean).join(' '),
  };
};

const tableModel = ({ id, rows }: Breakdown) => ({
  title: BREAKDOWNS[id].label,
  caption: `${BREAKDOWNS[id].label}, pendant la période`,
  columns: [{ label: BREAKDOWNS[id].of }, ...COLUMNS.map((column) => ({ label: kpi(column).label, isNumber: true }))],
  rows: rows.map(({ label, figures }) => [
    frenchTypography(label),
    ...COLUMNS.map((column) => figureInWords(kpi(column).unit, figures[column])),
  ]),
});

const figuresPage = (figures: Figures, now: Date, wrong: WrongDates | null): PageModel => {
  const { period, before, asOf, breakdowns } = figures;
  const compared = hasBefore(figures.figures);
  const months = breakdowns.find(({ id }) => id === 'month');
  return {
    title: 'Chiffres',
    period: period.label,
    comparison: compared
      ? `Comparées à la période d’avant : ${monthsInWords(before.first.slice(0, 7), before.last.slice(0, 7))}.`
      : `Aucun projet pendant la période d’avant (${monthsInWords(before.first.slice(0, 7), before.last.slice(0, 7))}) : rien à comparer.`,
    asOf: `${dateInWords(asOf)} à ${timeInWords(asOf)}`,
    errors: wrong ? errorSummary({ [wrong.field]: wrong.text }, ['du', 'au']) : [],
    fallback: wrong ? `En attendant, voici les chiffres de cette période : ${period.label}.` : null,
    form: periodForm(period, now, wrong),
    csv: `${paths.figuresCsv()}?${periodQuery(period)}`,
    tiles: figures.figures.map((row) => tileModel(row, compared)),
    chart: months ? monthChart(months.rows) : null,
    months: months ? tableModel(months) : null,
    tables: breakdowns.filter(({ id, rows }) => id !== 'month' && rows.length > 0).map(tableModel),
  };
};

/** The figures of a period, which the address holds, beside those of the period before. */
export const figuresScreen = ({ clock, readFigures }: Pick<Services, 'clock' | 'readFigures'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const period = periodOf(req, clock());
    const wrong = wrongDatesOf(req);
    const figures = await readFigures(accountOf(req.account), { period, filters: {} });
    await renderPage(res, 'manager/figures', figuresPage(figures, clock(), wrong), { status: wrong ? 422 : 200 });
  },
});
