import type { Request, Response } from 'express';
import { monthInWords } from '../../domain/calendar/words.js';
import { DECLINE_REASONS, type DeclineReason } from '../../domain/referrals/lifecycle.js';
import { FILTER_IDS } from '../../domain/statistics/filters.js';
import { kpi } from '../../domain/statistics/kpis.js';
import { QUALITY_KPIS } from '../../domain/statistics/rulesQuality.js';
import { baseInWords, changeInWords, figureInWords } from '../../domain/statistics/words.js';
import type { Territory } from '../../domain/territory/territory.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { RuleQuality, RulesQuality } from '../../services/statistics/readRulesQuality.js';
import type { Services } from '../../services.js';
import { errorSummary } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { type AskedFigures, type Directory, fieldOf, figuresAsked, filtersInWords } from './figureQuery.js';
import { asOfInWords } from './figures.js';
import { periodForm } from './periodForm.js';

const COLUMNS = ['Part envoyée sans attendre', 'Passés par une personne', 'Contredits', 'Réorientés', 'Refusés'];

const tileModel = (quality: RulesQuality) =>
  quality.figures.map(({ id, figure, before }) => {
    const row = kpi(id);
    const isCompared = !(quality.isUnderWay && row.unit === 'count');
    const change = isCompared ? changeInWords(row.unit, figure, before) : null;
    const base = baseInWords(row, figure);
    return {
      label: row.label,
      figure: figureInWords(row.unit, figure),
      change: change && {
        arrow: change.arrow,
        text: `${change.text}${change.arrow === 'same' ? '' : ' que la période d’avant'} (${figureInWords(row.unit, before)})`,
      },
      sentence: [base && `${capital(base)}.`, row.sentence].filter(Boolean).join(' '),
    };
  });

const countAndShare = (count: number, sent: number): string =>
  count === 0 ? '0' : `${count} (${Math.round((count / sent) * 100)}\u202f%)`;

const ruleModel = ({ id, label, isInForce, sent, overridden, rerouted, declined }: RuleQuality) => ({
  label: frenchTypography(label ?? id),
  edit: isInForce ? paths.rulesEdit(id) : null,
  note: label === null ? 'Règle inconnue ici' : 'N’est plus en vigueur',
  counts: [String(sent), ...[overridden, rerouted, declined].map((count) => countAndShare(count, sent))],
});

const reasonsTable = (reasons: RulesQuality['reasons']) => {
  const rows = (Object.entries(reasons) as [DeclineReason, number][]).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return null;
  return {
    caption: 'Raisons des refus, pendant la période',
    columns: [{ label: 'Raison' }, { label: 'Refus', isNumber: true }],
    rows: rows.map(([reason, count]) => [frenchTypography(DECLINE_REASONS[reason] ?? reason), String(count)]),
  };
};

const monthsTable = ({ months }: RulesQuality) => ({
  caption: 'Qualité des règles, mois par mois',
  columns: [
    { label: 'Mois' },
    { label: 'Projets reçus', isNumber: true },
    ...COLUMNS.map((label) => ({ label, isNumber: true })),
  ],
  rows: months.map(({ month, received, figures }) => [
    capital(monthInWords(month)),
    String(received),
    ...QUALITY_KPIS.map((id) => figureInWords(kpi(id).unit, figures[id])),
  ]),
});

const qualityPage = (quality: RulesQuality, asked: AskedFigures, directory: Directory): PageModel => ({
  title: 'Qualité des règles',
  period: quality.period.label,
  narrowed: filtersInWords(asked.query.filters, directory),
  about: asOfInWords(quality),
  errors: errorSummary(asked.errors, ['du', 'au', ...FILTER_IDS.map(fieldOf)]),
  form: periodForm(asked, { ...directory, action: paths.rulesQuality() }),
  isEmpty: quality.received === 0,
  tiles: tileModel(quality),
  rules: quality.rules.map(ruleModel),
  reasons: reasonsTable(quality.reasons),
  months: monthsTable(quality),
  replay: paths.rulesReplay(),
});

type Uses = Pick<Services, 'clock' | 'readFigureChoices' | 'readRulesQuality'> & { territory: Territory };

/** How well the rules route: what they sent alone, and which of their choices were contradicted, by rule and by month. */
export const rulesQualityScreen = ({ clock, readFigureChoices, readRulesQuality, territory }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const directory = { reader, territory, now: clock(), ...(await readFigureChoices(reader)) };
    const asked = figuresAsked(req, directory);
    const quality = await readRulesQuality(reader, asked.query);
    const status = Object.keys(asked.errors).length > 0 ? 422 : 200;
    await renderPage(res, 'manager/rulesQuality', qualityPage(quality, asked, directory), { status });
  },
});
