import type { Request, Response } from 'express';
import type { Account } from '../../domain/referrals/access.js';
import { ACTS, type Act, BASKETS, type Basket } from '../../domain/referrals/lifecycle.js';
import { COUNTED, LOOKED_AT } from '../../domain/referrals/queueFilters.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { Queue, QueueRequest } from '../../services/readQueue.js';
import type { Services } from '../../services.js';
import { printPlace } from '../listPlace.js';
import { knowDeskCounts } from '../middleware/deskCounts.js';
import { accountOf } from '../middleware/staffSession.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { emptyModel } from './emptyQueue.js';
import { freshModel } from './freshness.js';
import { type Choices, printChoices, queueHref, readAddress, shortAddress } from './queueAddress.js';
import { channelOptions, filtersModel } from './queueFilters.js';
import { rememberQueue } from './queueReturn.js';
import { rowModel } from './queueRow.js';

const BASKET_IDS = Object.keys(BASKETS) as Basket[];
/** Seldom used: without a project, their tabs do not take room on a phone. */
const RARE: readonly Basket[] = ['associes', 'refuses', 'expires'];

const { format: figure } = new Intl.NumberFormat('fr-FR');
const countInWords = (count: number): string => (count > COUNTED ? `${figure(COUNTED)} et plus` : figure(count));

const lateInWords = (late: number): string => {
  if (late === 0) return 'Rien n’est en retard.';
  return late === 1 ? 'Un projet est en retard.' : `${countInWords(late)} projets sont en retard.`;
};

const resultsInWords = (queue: Queue, q: string): string => {
  const asked = `pour «\u00a0${q}\u00a0»`;
  if (queue.rows.length === 0) return `Aucun projet trouvé ${asked}.`;
  return `Projets trouvés dans tous les paniers ${asked}, les plus récents d’abord.`;
};

const summaryOf = (queue: Queue, { basket, typed }: QueueRequest): string | null => {
  if (typed !== null) return resultsInWords(queue, typed);
  return basket === 'a-prendre' && queue.rows.length > 0 ? lateInWords(queue.late) : null;
};

/** What a reader must know of a page that does not show everything. */
const warningsOf = ({ isCut, isVague }: Queue): string[] => [
  ...(isVague
    ? ['Beaucoup de mots commencent ainsi\u00a0: la recherche n’en suit que quelques-uns. Écrivez le mot en entier.']
    : []),
  ...(isCut
    ? [`${figure(LOOKED_AT)} projets ont été regardés pour cette page. Ajoutez un filtre, ou passez à la suite.`]
    : []),
];

/** Changing baskets keeps the filters, but leaves the search, which has all of them. */
const tabsOf = (queue: Queue, { panier, q, ...filters }: Choices) =>
  BASKET_IDS.map((id) => ({
    href: queueHref({ ...(id !== 'a-prendre' && { panier: id }), ...filters }),
    label: BASKETS[id].label,
    count: countInWords(queue.counts[id]),
    isCurrent: q === undefined && id === (panier ?? 'a-prendre'),
    isHiddenOnPhones: RARE.includes(id) && queue.counts[id] === 0 && id !== panier,
  }));

/** What may be done to many at once, as their states allow. */
const MANY: Partial<Record<Basket, readonly Act[]>> = {
  'a-prendre': ['take', 'transfer'],
  'en-cours': ['transfer', 'close'],
  'en-attente': ['take', 'transfer', 'close'],
};
const ANY: readonly Act[] = ['take', 'transfer', 'close'];

const manyOf = ({ basket, typed }: QueueRequest) =>
  (typed === null ? (MANY[basket] ?? []) : ANY).map((act) => ({ value: act, label: ACTS[act].label }));

const pagesOf = ({ rows, next, previous }: Queue, choices: Choices) => ({
  previous: previous && queueHref(choices, { avant: printPlace(previous) }),
  next: next && queueHref(choices, { apres: printPlace(next) }),
  text: rows.length === 1 ? '1 projet sur cette page' : `${rows.length} projets sur cette page`,
});

const savedModel = ({ views }: Queue, choices: Choices) => {
  const query = printChoices(choices);
  return {
    views: views.map((view) => ({
      name: view.name,
      href: view.query ? `${paths.queue()}?${view.query}` : paths.queue(),
      isCurrent: view.query === query,
    })),
    /** Nothing to save while the address says nothing. */
    query: query || null,
  };
};

interface Reading {
  reader: Account;
  now: Date;
  territory: Territory;
}

const queuePage = (
  queue: Queue,
  request: QueueRequest,
  { choices, ...seen }: Reading & { choices: Choices },
): PageModel => {
  const isSearch = request.typed !== null;
  const channels = new Map(channelOptions(queue.channels).map(({ value, label }) => [value, label]));
  const filters = filtersModel(choices, { ...queue, ...seen });
  const isOpen = request.basket === 'a-prendre' && !isSearch;
  return {
    title: 'Vos projets',
    scripts: ['queue', 'chooseAll'],
    partner: queue.partner.name,
    summary: summaryOf(queue, request),
    warnings: warningsOf(queue),
    basket: isSearch ? 'Projets trouvés' : BASKETS[request.basket].label,
    whenTitle: isOpen ? 'À contacter' : 'Où il en est',
    tabs: tabsOf(queue, choices),
    filters,
    saved: savedModel(queue, choices),
    many: manyOf(request),
    rows: queue.rows.map((row) => rowModel(row, { ...seen, channels, isSearch })),
    empty: emptyModel(request, { isFiltered: filters.set.length > 0, goesOn: queue.next !== null }),
    pages: pagesOf(queue, choices),
    fresh: freshModel(seen.now, queue.changedAt),
  };
};

/** The projects of the reader's partner: one basket, or what a search finds, 25 at a time. */
export const queueScreen = ({ clock, readQueue, territory }: Pick<Services, 'clock' | 'readQueue' | 'territory'>) => ({
  async show(req: Request, res: Response): Promise<void> {
    const reader = accountOf(req.account);
    // What a form leaves empty does not stay in the address.
    if (Object.values(req.query).includes('')) return res.redirect(303, shortAddress(req.query));
    const { choices, request } = readAddress(req.query, reader);
    const queue = await readQueue(reader, request);
    rememberQueue(req);
    // Nobody with a queue sees triage.
    knowDeskCounts(res, { late: queue.late, inTriage: null });
    await renderPage(res, 'advisor/queue', queuePage(queue, request, { choices, reader, now: clock(), territory }));
  },
});
