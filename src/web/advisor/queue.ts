import type { Request, Response } from 'express';
import { dayInWords } from '../../domain/calendar/words.js';
import type { Account } from '../../domain/referrals/access.js';
import {
  BASKETS,
  type Basket,
  CLOSE_OUTCOMES,
  DECLINE_REASONS,
  type ReferralState,
} from '../../domain/referrals/lifecycle.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { Queue, QueueRow } from '../../services/readQueue.js';
import type { Services } from '../../services.js';
import { titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import { pageLinks, pageOf } from '../pageLinks.js';
import { projectInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { dueModel, isLate } from './dueModel.js';

const BASKET_IDS = Object.keys(BASKETS) as Basket[];

/** What an empty basket says: what will appear, and what to do now. */
const EMPTY: Record<Basket, { title: string; text: string }> = {
  'a-prendre': {
    title: 'Rien à prendre',
    text: 'Les nouveaux projets arrivent ici. Un e-mail vous prévient de chacun.',
  },
  'en-cours': {
    title: 'Aucun projet en cours',
    text: 'Les projets que vous prenez en charge viennent ici, jusqu’à leur clôture.',
  },
  'en-attente': {
    title: 'Aucune réponse attendue',
    text: 'Les projets pour lesquels vous avez demandé une précision attendent ici la réponse de la personne.',
  },
  associes: {
    title: 'Aucun projet associé',
    text: 'Les projets auxquels un autre partenaire vous associe arrivent ici.',
  },
  expires: { title: 'Aucun projet expiré', text: 'Les projets que personne n’a pris en 45 jours restent ici.' },
  clotures: { title: 'Aucun projet clôturé', text: 'Les projets arrivent ici quand vous dites comment ils ont fini.' },
  refuses: { title: 'Aucun projet refusé', text: 'Les projets que vous refusez restent ici, avec leur motif.' },
};

const dayOf = (at: Date | null, now: Date): string => (at ? dayInWords(at, now) : 'date inconnue');

/** How a referral stands, once nobody has to be contacted before a date. */
const STANDING: Record<Exclude<ReferralState, 'waiting'>, (referral: Referral, now: Date) => string> = {
  taken: ({ takenAt }, now) => `pris en charge ${dayOf(takenAt, now)}`,
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

const whoHasIt = ({ referral, advisor }: QueueRow, reader: Account): string => {
  if (!advisor) return referral.state === 'waiting' ? 'Personne encore' : 'Compte supprimé';
  const name = advisor.id === reader.id ? 'vous' : advisor.name;
  return referral.state === 'waiting' ? `pour ${name}` : name;
};

/** The holder wrote after the last act of the partner on this referral. */
const hasNews = ({ referral, project }: QueueRow): boolean => {
  const lastAct = referral.closedAt ?? referral.takenAt ?? referral.sentAt;
  const last = project.messages.at(-1);
  return last !== undefined && last.at > lastAct;
};

const rowModel = (row: QueueRow, { reader, now, territory }: { reader: Account; now: Date; territory: Territory }) => {
  const { referral, project } = row;
  return {
    href: paths.referral(referral.id),
    due: referral.state === 'waiting' ? dueModel(referral, now) : null,
    standing: referral.state === 'waiting' ? null : STANDING[referral.state](referral, now),
    isLate: isLate(referral, now),
    title: titleOf(project),
    hasNews: hasNews(row),
    who: whoHasIt(row, reader),
    ...projectInWords(project.facts, territory),
  };
};

const lateInWords = (late: number): string => {
  if (late === 0) return 'Rien n’est en retard.';
  return late === 1 ? 'Un projet est en retard.' : `${late} projets sont en retard.`;
};

const addressOf = (basket: Basket, page = 1): string => {
  const query = new URLSearchParams({
    ...(basket !== 'a-prendre' && { panier: basket }),
    ...(page > 1 && { page: String(page) }),
  }).toString();
  return query ? `${paths.queue()}?${query}` : paths.queue();
};

const queuePage = (queue: Queue, basket: Basket, seen: Parameters<typeof rowModel>[1]): PageModel => {
  const rows = queue.rows.map((row) => rowModel(row, seen));
  return {
    title: 'Vos projets',
    partner: queue.partner.name,
    summary: basket === 'a-prendre' && rows.length > 0 ? lateInWords(queue.late) : null,
    basket: BASKETS[basket].label,
    whenTitle: basket === 'a-prendre' ? 'À contacter' : 'Où il en est',
    tabs: BASKET_IDS.map((id) => ({
      href: addressOf(id),
      label: BASKETS[id].label,
      count: queue.counts[id],
      isCurrent: id === basket,
    })),
    rows,
    empty: EMPTY[basket],
    pages: pageLinks(queue.page, queue.pages, (page) => addressOf(basket, page)),
  };
};

/** The projects of the advisor's partner, soonest due first, one basket at a time. */
export const queueScreen = ({ clock, readQueue, territory }: Pick<Services, 'clock' | 'readQueue' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const basket = BASKET_IDS.find((id) => id === req.query['panier']) ?? 'a-prendre';
    const reader = accountOf(req.account);
    const queue = await readQueue(reader, basket, pageOf(req.query['page']));
    await renderPage(res, 'advisor/queue', queuePage(queue, basket, { reader, now: clock(), territory }));
  },
});
