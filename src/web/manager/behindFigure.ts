import type { Request, Response } from 'express';
import { dateInWords, dayInWords } from '../../domain/calendar/words.js';
import type { Account } from '../../domain/referrals/access.js';
import type { ProjectState } from '../../domain/referrals/referral.js';
import { behindFigure } from '../../domain/statistics/behind.js';
import { filtersFor } from '../../domain/statistics/filters.js';
import { KPIS, type KpiId, kpi } from '../../domain/statistics/kpis.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { NotFound } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Behind, BehindQuery, BehindRow } from '../../services/statistics/readBehindFigure.js';
import type { FigureChoices } from '../../services/statistics/readFigureChoices.js';
import type { Services } from '../../services.js';
import { titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { needInWords, partnerInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { figuresAsked, filtersInWords, printFigures } from './figureQuery.js';
import { STATES } from './projectStates.js';

/** In the address: all that a share is counted on, instead of what it counts. */
const WHOLE = 'calcul';
const PLACE = /^(\d{4}-\d\d-\d\d)_([\w-]{1,64})$/;

const placeOf = (value: unknown): BehindQuery['place'] => {
  const [, day, id] = PLACE.exec(typeof value === 'string' ? value : '') ?? [];
  return day && id ? { day, id } : null;
};

/** Since when it is as it is; null when its state has no date of its own. */
const since = ({ facts }: BehindRow): Date | null => {
  const dates: Partial<Record<ProjectState, Date | null>> = {
    waiting: facts.sentAt,
    in_progress: facts.takenAt,
    helped: facts.endedAt,
    closed: facts.endedAt,
  };
  return dates[facts.state] ?? null;
};

/** The page of figures says what is wrong with an address. */
const searchOf = ({ originalUrl }: Request): string => new URL(originalUrl, 'http://desk').search;

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

const rowModel = (row: BehindRow, { territory, now }: { territory: Territory; now: Date }) => {
  const { facts, project, referral } = row;
  const own = referral === null ? paths.projectSheet(facts.id) : paths.referral(referral);
  const at = since(row);
  return {
    reference: facts.reference,
    title: project && titleOf(project),
    href: project && own,
    need: needInWords(facts.mainNeed),
    partner: facts.currentPartner === null ? 'Sans partenaire' : partnerInWords(facts.currentPartner, territory),
    state: STATES[facts.state],
    since: at && `depuis ${dayInWords(at, now)}`,
    received: dayInWords(noon(facts.day), now),
    isCounted: row.isCounted,
  };
};

interface Shown {
  id: KpiId;
  isWhole: boolean;
  isFirst: boolean;
  query: BehindQuery;
  directory: FigureChoices & { territory: Territory; now: Date; reader: Account };
}

const behindPage = (
  { rows, next, settledAt }: Behind,
  { id, isWhole, isFirst, query, directory }: Shown,
): PageModel => {
  const { label, sentence, unit } = kpi(id);
  const address = `${paths.behindFigure(id)}?${printFigures(query)}`;
  const whole = isWhole ? `&parmi=${WHOLE}` : '';
  const { filters } = query;
  return {
    title: `Projets derrière un chiffre\u00a0: ${label}`,
    label,
    sentence: frenchTypography(sentence),
    period: query.period.label,
    narrowed: filtersInWords(filtersFor(directory.reader, filters), directory),
    back: `${paths.figures()}?${printFigures(query)}`,
    choices: behindFigure(id).among && [
      { label: 'Les projets comptés', href: address, isCurrent: !isWhole },
      { label: 'Tous ceux sur lesquels la part est calculée', href: `${address}&parmi=${WHOLE}`, isCurrent: isWhole },
    ],
    isWhole,
    isSpread: unit === 'hours',
    settled: settledAt && dateInWords(new Date(settledAt.getTime() - 1)),
    rows: rows.map((row) => rowModel(row, directory)),
    first: isFirst ? null : address + whole,
    next: next && `${address}${whole}&apres=${next.day}_${next.id}`,
  };
};

type Uses = Pick<Services, 'clock' | 'readBehindFigure' | 'readFigureChoices' | 'territory'>;

/** The projects behind a figure, under the period and the filters of the address. */
export const behindFigureScreen = ({ clock, readBehindFigure, readFigureChoices, territory }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    const id = String(req.params['kpi']);
    if (!Object.hasOwn(KPIS, id)) throw new NotFound();
    const directory = { reader, territory, now: clock(), ...(await readFigureChoices(reader)) };
    const isWhole = req.query['parmi'] === WHOLE && behindFigure(id as KpiId).among !== null;
    const place = placeOf(req.query['apres']);
    const asked = figuresAsked(req, directory);
    if (Object.keys(asked.errors).length > 0) return res.redirect(303, paths.figures() + searchOf(req));
    const query = { ...asked.query, id: id as KpiId, isWhole, place };
    const behind = await readBehindFigure(reader, query);
    const shown = { id: id as KpiId, isWhole, isFirst: place === null, query, directory };
    await renderPage(res, 'manager/behindFigure', behindPage(behind, shown));
  },
});
