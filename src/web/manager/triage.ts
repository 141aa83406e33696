import type { Request, Response } from 'express';
import { dayInWords, waitInWords } from '../../domain/calendar/words.js';
import type { Channel } from '../../domain/questionnaire/channel.js';
import { DECLINE_REASONS, EXPIRES_AFTER_DAYS } from '../../domain/referrals/lifecycle.js';
import { COUNTED } from '../../domain/referrals/queueFilters.js';
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
import { printPlace, readPlace } from '../listPlace.js';
import { accountOf } from '../middleware/staffSession.js';
import { pageLinks, pageOf } from '../pageLinks.js';
import { partnerInWords, projectInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';

/** What became of it at a partner before it came back; null when it is still there. */
export const whatHappened = ({ state, ...referral }: Referral, territory: Territory): string | null => {
  const partner = partnerInWords(referral.partner, territory);
  if (state === 'expired') return `Expiré chez ${partner} : personne ne l’a pris en ${EXPIRES_AFTER_DAYS} jours.`;
  if (state === 'rerouted') return `Réorienté par ${partner}.`;
  if (state !== 'declined') return null;
  const reason = referral.declineReason ? DECLINE_REASONS[referral.declineReason] : '';
  const words = referral.notes.at(-1)?.text;
  return `Refusé par ${partner} : ${[reason, words && `« ${words} »`].filter(Boolean).join('. ')}`;
};

/** Why a person must choose: what happened at partners, a flag held it back (said beside it), or the rules could not tell. */
const whyHere = (project: Project, had: Referral[], territory: Territory): string[] => {
  const story = had.flatMap((referral) => whatHappened(referral, territory) ?? []).reverse();
  if (story.length > 0) return story;
  const held = heldFrom(project);
  return [
    held ? `À lire avant tout envoi. Les règles proposent ${partnerInWords(held, territory)}.` : whyUndecided(project),
  ];
};

const SET_ASIDE: Partial<Record<Outcome, { label: string; tone: string }>> = {
  rejected: { label: 'Écarté', tone: 'neutral' },
  out_of_territory: { label: 'Hors territoire', tone: 'info' },
};

const rowModel = (project: Project, territory: Territory, channels: Channel[]) => ({
  href: paths.projectSheet(project.id),
  title: titleOf(project),
  flags: flagModel(project),
  arrival: arrivalInWords(project, channels),
  ...projectInWords(project.facts, territory),
});

const figure = (count: number): string => new Intl.NumberFormat('fr-FR').format(count);

const waitingInWords = (total: number): string => {
  if (total > COUNTED) return `Plus de ${figure(COUNTED)} projets attendent.`;
  return total === 1 ? 'Un projet attend.' : `${figure(total)} projets attendent.`;
};

const triagePage = (
  { waiting, next, waitingTotal, setAside, setAsideTotal, setAsidePages, channels }: Triage,
  { page, isFirst, now, territory }: { page: number; isFirst: boolean; now: Date; territory: Territory },
): PageModel => ({
  title: 'À orienter',
  count: waitingTotal > 0 ? waitingInWords(waitingTotal) : null,
  first: isFirst ? null : paths.triage(),
  next: next && `${paths.triage()}?apres=${printPlace(next)}`,
  setAsideCount: figure(setAsideTotal),
  pages: pageLinks(page, setAsidePages, (number) => `${paths.triage()}?page=${number}`),
  waiting: waiting.map(({ project, had, since }) => ({
    ...rowModel(project, territory, channels),
    wait: waitInWords(since, now),
    since: dayInWords(since, now),
    why: whyHere(project, had, territory),
  })),
  setAside: setAside.map((project) => ({
    ...rowModel(project, territory, channels),
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
    const from = readPlace(req.query['apres']);
    const triage = await readTriage(accountOf(req.account), page, from);
    await renderPage(res, 'manager/triage', triagePage(triage, { page, isFirst: !from, now: clock(), territory }));
  },
});
