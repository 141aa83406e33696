import type { Application, Request, Response } from 'express';
import { dateInWords, timeInWords } from '../../domain/calendar/words.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { BREAKDOWNS, type Breakdown, COLUMNS } from '../../domain/statistics/breakdowns.js';
import { FILTER_IDS } from '../../domain/statistics/filters.js';
import { kpi } from '../../domain/statistics/kpis.js';
import { monthsInWords } from '../../domain/statistics/period.js';
import { figureInWords } from '../../domain/statistics/words.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { FigureChoices } from '../../services/statistics/readFigureChoices.js';
import type { Figures } from '../../services/statistics/readFigures.js';
import type { Services } from '../../services.js';
import { delayChart } from '../charts/delayChart.js';
import type { Chart } from '../charts/drawing.js';
import { flowChart } from '../charts/flowChart.js';
import { heatTable } from '../charts/heatTable.js';
import { outcomeChart } from '../charts/outcomeChart.js';
import { pathChart } from '../charts/pathChart.js';
import { tileMap } from '../charts/tileMap.js';
import { errorSummary } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { partnerInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { renderView } from '../renderView.js';
import { type AskedFigures, fieldOf, figuresAsked, filtersInWords, printFigures } from './figureQuery.js';
import { figureTiles, hasProjects, isSameYear } from './figureTiles.js';
import { ownPartner, periodForm } from './periodForm.js';

interface Directory extends FigureChoices {
  reader: Account;
  territory: Territory;
  now: Date;
}

const tableModel = ({ id, rows }: Breakdown) => ({
  title: BREAKDOWNS[id].label,
  caption: `${BREAKDOWNS[id].label}, pendant la période`,
  columns: [{ label: BREAKDOWNS[id].of }, ...COLUMNS.map((column) => ({ label: kpi(column).label, isNumber: true }))],
  rows: rows.map(({ label, figures }) => [
    frenchTypography(label),
    ...COLUMNS.map((column) => figureInWords(kpi(column).unit, figures[column])),
  ]),
});

/** "Données au 27 novembre 2026 à 10 h." A settled period was looked at the evening before its instant. */
export const asOfInWords = ({ asOf, isSettled }: Pick<Figures, 'asOf' | 'isSettled'>): string =>
  isSettled
    ? `Données au ${dateInWords(new Date(asOf.getTime() - 1))} au soir\u00a0: elles ne changent plus.`
    : `Données au ${dateInWords(asOf)} à ${timeInWords(asOf)}.`;

const months = ({ first, last }: { first: string; last: string }): string =>
  monthsInWords(first.slice(0, 7), last.slice(0, 7));

/** What figures are compared with, said once. */
const comparison = (figures: Figures): string[] => {
  const { before, yearBefore, isUnderWay } = figures;
  const then = [before, ...(isSameYear(figures) ? [] : [yearBefore])];
  const whens = (['before', 'yearBefore'] as const).filter((_, place) => place < then.length);
  const known = then.filter((_, place) => hasProjects(figures.figures, whens[place] ?? 'before'));
  if (known.length === 0)
    return [`Aucun projet pendant la période d’avant (${months(before)})\u00a0: rien à comparer.`];
  return [
    `Comparées à\u00a0: ${known.map(months).join(', et ')}.`,
    ...(isUnderWay
      ? [
          'La période n’est pas finie\u00a0: les nombres de projets ne sont pas comparés, les parts et les délais le sont.',
        ]
      : []),
  ];
};

/** The charts that have something to show, in the order in which they are read. */
const chartsOf = ({ timeline, flows, places }: Figures, territory: Territory) => {
  const isThere = (chart: Chart | null): chart is Chart => chart !== null;
  return {
    times: [flowChart(timeline), delayChart(timeline)].filter(isThere),
    partners: [outcomeChart(flows, territory), pathChart(flows, territory)].filter(isThere),
    map: tileMap(places, territory),
    heat: heatTable(places, territory),
  };
};

/** A text that was put together piece by piece, in one piece: each page that it goes into would do that again. */
const inOneString = (text: string): string => Buffer.from(text).toString();

/** What is drawn of the same figures, which are shown until the next count, is kept with them: the same for all who ask. */
const drawings = () => {
  const kept = new WeakMap<Figures, string>();
  return (figures: Figures, territory: Territory, app: Application): string => {
    const drawn =
      kept.get(figures) ??
      inOneString(
        renderView(app, 'manager/figuresDrawn', {
          charts: chartsOf(figures, territory),
          tables: figures.breakdowns.filter(({ rows }) => rows.length > 0).map(tableModel),
          hasNoCuts: Object.keys(figures.filters).length > 1,
        }),
      );
    kept.set(figures, drawn);
    return drawn;
  };
};

const figuresPage = (figures: Figures, asked: AskedFigures, directory: Directory): PageModel => {
  const { period } = figures;
  const { reader, territory } = directory;
  const own = ownPartner(reader);
  const isEmpty = !figures.figures.some(({ id, figure }) => id === 'submitted' && (figure.value ?? 0) > 0);
  const isWrong = Object.keys(asked.errors).length > 0;
  return {
    title: 'Chiffres',
    period: period.label,
    own: own && partnerInWords(own, territory),
    narrowed: filtersInWords(asked.query.filters, directory),
    about: [asOfInWords(figures), ...comparison(figures)],
    errors: errorSummary(asked.errors, ['du', 'au', ...FILTER_IDS.map(fieldOf)]),
    fallback: isWrong ? `En attendant, voici les chiffres de cette période, sans filtre\u00a0: ${period.label}.` : null,
    form: periodForm(asked, directory),
    csv: `${paths.figuresCsv()}?${printFigures(asked.query)}`,
    xlsx: `${paths.figuresXlsx()}?${printFigures(asked.query)}`,
    quality: may(reader, 'seeAttention') ? `${paths.rulesQuality()}?${printFigures(asked.query)}` : null,
    exports: `${paths.exports()}?${printFigures(asked.query)}`,
    isEmpty,
    groups: figureTiles(figures, reader),
  };
};

type Uses = Pick<Services, 'clock' | 'readFigureChoices' | 'readFigures' | 'territory'>;

/** The figures of a period, which the address holds with its filters, beside those of before. */
export const figuresScreen = ({ clock, readFigureChoices, readFigures, territory }: Uses) => {
  const drawnOf = drawings();
  return {
    async show(req: Request, res: Response): Promise<void> {
      const reader = accountOf(req.account);
      const directory = { reader, territory, now: clock(), ...(await readFigureChoices(reader)) };
      const asked = figuresAsked(req, directory);
      const figures = await readFigures(reader, asked.query, directory.channels);
      const status = Object.keys(asked.errors).length > 0 ? 422 : 200;
      const page = figuresPage(figures, asked, directory);
      const drawn = page['isEmpty'] ? '' : drawnOf(figures, territory, req.app);
      await renderPage(res, 'manager/figures', { ...page, drawn }, { status });
    },
  };
};
