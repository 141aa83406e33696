import type { Request, Response } from 'express';
import { dayInWords, waitInWords } from '../../domain/calendar/words.js';
import { DECLINE_REASONS } from '../../domain/referrals/lifecycle.js';
import type { Project, Referral } from '../../domain/referrals/referral.js';
import { whyUndecided } from '../../domain/referrals/whyUndecided.js';
import type { Outcome } from '../../domain/routing/decision.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Triage } from '../../services/triage.js';
import type { Services } from '../../services.js';
import { arrivalInWords, flagModel, heldFrom } from '../flagModel.js';
import { titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { pageLinks, pageOf } from '../pageLinks.js';
import { partnerInWords, projectInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';

/** Why a person must choose: a partner declined, a flag held it back (said beside it), or the rules could not tell. */
const whyHere = (project: Project, declined: Referral | null, territory: Territory): string => {
  const held = heldFrom(project);
  if (!declined && held) return `À lire avant tout envoi. Les règles proposent ${partnerInWords(held, territory)}.`;
  if (!declined) return whyUndecided(project);
  const reason = declined.declineReason ? DECLINE_REASONS[declined.declineReason] : '';
  const words = declined.notes.at(-1)?.text;
  const said = [reason, words && `« ${words} »`].filter(Boolean).join('. ');
  return `Refusé par ${partnerInWords(declined.partner, territory)} : ${said}`;
};

const SET_ASIDE: Partial<Record<Outcome, { label: string; tone: string }>> = {
  rejected: { label: 'Écarté', tone: 'neutral' },
  out_of_territory: { label: 'Hors territoire', tone: 'info' },
};

const rowModel = (project: Project, territory: Territory) => ({
  href: paths.projectSheet(project.id),
  title: titleOf(project),
  flags: flagModel(project),
  arrival: arrivalInWords(project),
  ...projectInWords(project.facts, territory),
});

const triagePage = (
  { waiting, waitingTotal, setAside, setAsidePages }: Triage,
  { page, now, territory }: { page: number; now: Date; territory: Territory },
): PageModel => ({
  title: 'À orienter',
  more:
    waitingTotal > waiting.length
      ? `${waitingTotal - waiting.length} autres projets attendent à la suite de ceux-ci.`
      : null,
  pages: pageLinks(page, setAsidePages, (number) => `${paths.triage()}?page=${number}`),
  waiting: waiting.map(({ project, declined, since }) => ({
    ...rowModel(project, territory),
    wait: waitInWords(since, now),
    since: dayInWords(since, now),
    why: whyHere(project, declined, territory),
  })),
  setAside: setAside.map((project) => ({
    ...rowModel(project, territory),
    since: dayInWords(project.submittedAt, now),
    tag: SET_ASIDE[project.decision.outcome] ?? SET_ASIDE.rejected,
    answer: frenchTypography(project.decision.reasons[0] ?? 'effacée avec le reste'),
  })),
});

/** Projects for which a person chooses the partner; under them, those set aside, which may be put right. */
export const triageScreen = ({
  clock,
  readTriage,
  territory,
}: Pick<Services, 'clock' | 'readTriage' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const page = pageOf(req.query['page']);
    const triage = await readTriage(accountOf(req.account), page);
    await renderPage(res, 'manager/triage', triagePage(triage, { page, now: clock(), territory }));
  },
});
