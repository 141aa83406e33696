import { dayInWords, momentInWords } from '../../domain/calendar/words.js';
import type { Account } from '../../domain/referrals/access.js';
import {
  BASKETS,
  CLOSE_OUTCOMES,
  canAct,
  DECLINE_REASONS,
  type ReferralState,
} from '../../domain/referrals/lifecycle.js';
import type { ListedReferral } from '../../domain/referrals/queueFilters.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { QueueRow } from '../../services/readQueue.js';
import { titleOf } from '../holderSaid.js';
import { projectInWords } from '../projectWords.js';
import { dueModel, isLate } from './dueModel.js';

/** Who reads the queue, and what its rows are put in words with. */
export interface RowReading {
  reader: Account;
  now: Date;
  territory: Territory;
  /** Names of the entry links, by code. */
  channels: Map<string, string>;
  /** A search shows all baskets: its rows say which. */
  isSearch: boolean;
}

const dayOf = (at: Date | null, now: Date): string => (at ? dayInWords(at, now) : 'date inconnue');

const taken = ({ takenAt, appointment }: ListedReferral, now: Date): string =>
  appointment && appointment.at >= now
    ? `Rendez-vous ${momentInWords(appointment.at)}`
    : `Pris en charge ${dayOf(takenAt, now)}`;

/** How a referral stands, once nobody has to be contacted before a date. */
const STANDING: Record<Exclude<ReferralState, 'waiting'>, (referral: ListedReferral, now: Date) => string> = {
  taken,
  helped: ({ closedAt }, now) => `${CLOSE_OUTCOMES.helped}, ${dayOf(closedAt, now)}`,
  no_solution: ({ closedAt }, now) => `Sans solution, ${dayOf(closedAt, now)}`,
  unreachable: ({ closedAt }, now) => `Injoignable, ${dayOf(closedAt, now)}`,
  withdrawn: ({ closedAt }, now) => `Retiré par la personne, ${dayOf(closedAt, now)}`,
  rerouted: ({ closedAt }, now) => `Réorienté, ${dayOf(closedAt, now)}`,
  expired: ({ closedAt }, now) => `Expiré, ${dayOf(closedAt, now)}`,
  informed: ({ sentAt }, now) => `Associé, ${dayOf(sentAt, now)}`,
  declined: ({ closedAt, declineReason }, now) =>
    `${declineReason ? DECLINE_REASONS[declineReason] : 'Refusé'}, ${dayOf(closedAt, now)}`,
};

const standingOf = (referral: ListedReferral, now: Date): string | null => {
  if (referral.basket === 'en-attente' && referral.asked)
    return `Précision demandée ${dayOf(referral.asked.at, now)}, réponse attendue avant ${dayOf(referral.asked.until, now)}`;
  return referral.state === 'waiting' ? null : STANDING[referral.state](referral, now);
};

const whoHasIt = ({ referral, advisor }: QueueRow, reader: Account): string => {
  const isFree = referral.state === 'waiting' || referral.state === 'expired' || referral.state === 'informed';
  if (!advisor) return isFree || !(referral.takenBy ?? referral.assignee) ? 'Personne encore' : 'Compte supprimé';
  const name = advisor.id === reader.id ? 'vous' : advisor.name;
  return isFree ? `pour ${name}` : name;
};

/** The holder wrote after the last act of the partner on this referral. */
const hasNews = ({ referral, project }: QueueRow): boolean => {
  const lastAct = referral.closedAt ?? referral.takenAt ?? referral.sentAt;
  const last = project.messages.at(-1);
  return last !== undefined && last.at > lastAct;
};

const attemptsInWords = (attempts: number): string =>
  attempts === 1 ? '1 appel sans réponse' : `${attempts} appels sans réponse`;

const tagsOf = (row: QueueRow, { isSearch, channels }: RowReading): { label: string; tone: string }[] => {
  const { attempts, basket, about } = row.referral;
  return [
    ...(hasNews(row) ? [{ label: 'message de la personne', tone: 'info' }] : []),
    ...(attempts > 0 ? [{ label: attemptsInWords(attempts), tone: 'soon' }] : []),
    ...(about.channel ? [{ label: channels.get(about.channel) ?? about.channel, tone: 'neutral' }] : []),
    ...(isSearch ? [{ label: BASKETS[basket].label, tone: 'neutral' }] : []),
  ];
};

/** One line of the queue, as views/advisor/queueRow.ejs shows it. */
export const rowModel = (row: QueueRow, reading: RowReading) => {
  const { referral, project } = row;
  const { reader, now, territory } = reading;
  const standing = standingOf(referral, now);
  const title = titleOf(project);
  return {
    href: paths.referral(referral.id),
    takeHref: canAct('take', referral.state) ? paths.take(referral.id) : null,
    /** For acts on many: which referral, as it was seen. */
    chosen: `${referral.id}.${referral.version}`,
    due: standing === null ? dueModel(referral, now) : null,
    standing,
    isLate: isLate(referral, now),
    title,
    reference: project.reference,
    tags: tagsOf(row, reading),
    who: whoHasIt(row, reader),
    ...projectInWords(project.facts, territory),
  };
};
