import type { AroundQueue } from '../data/aroundQueue.js';
import type { ListedProject } from '../data/projects.js';
import { listRead } from '../domain/audit/auditNotes.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { Basket } from '../domain/referrals/lifecycle.js';
import type { ListedReferral, ListPage, ListRequest, QueueFilters } from '../domain/referrals/queueFilters.js';
import { soughtWords } from '../domain/referrals/searchWords.js';
import type { Partner } from '../domain/territory/territory.js';
import { Forbidden } from '../errors.js';
import type { Parts } from './parts.js';
import type { QueueCounts } from './queueCounts.js';

/** Rows that one page of the queue shows at most. */
const QUEUE_PAGE = 25;

/** What an address of the queue asks for. */
export interface QueueRequest {
  basket: Basket;
  filters: QueueFilters;
  /** As typed; null: no search. A search goes through all baskets, newest first. */
  typed: string | null;
  from: ListRequest['from'];
}

export interface QueueRow {
  referral: ListedReferral;
  project: ListedProject;
  /** Who has it, or for whom it is meant. */
  advisor: Account | null;
}

export interface Queue extends Omit<ListPage, 'rows'>, AroundQueue {
  partner: Partner;
  rows: QueueRow[];
  /** Of each basket, without filters; COUNTED + 1 stands for more. */
  counts: Record<Basket, number>;
  /** Waiting at the partner after the date that was promised. */
  late: number;
}

type Needs = Pick<Parts, 'accounts' | 'clock' | 'note' | 'projects' | 'referrals' | 'territory'> & {
  queueCounts: QueueCounts;
};

const NOTHING: ListPage = { rows: [], next: null, previous: null, isCut: false, isVague: false };

/** The page that is asked for. One that begins before the first row is the first page. */
const readPage = async ({ clock, referrals }: Needs, partner: string, request: QueueRequest): Promise<ListPage> => {
  const { basket, filters, typed, from } = request;
  const base = { partner, filters, now: clock(), from, limit: QUEUE_PAGE };
  const list = async (asked: ListRequest): Promise<ListPage> => {
    const page = await referrals.list(asked);
    const isShort = asked.from?.side === 'before' && page.rows.length < QUEUE_PAGE && !page.isCut;
    return isShort ? referrals.list({ ...asked, from: null }) : page;
  };
  if (typed === null) return list({ ...base, basket, words: null });
  for (const words of soughtWords(typed)) {
    const page = await list({ ...base, basket: null, words });
    if (page.rows.length > 0 || page.isCut) return page;
  }
  return NOTHING;
};

const withProjects = async (
  { accounts, projects }: Needs,
  held: ListedReferral[],
  people: Account[],
): Promise<QueueRow[]> => {
  const named = new Set(held.flatMap(({ takenBy, assignee }) => takenBy ?? assignee ?? []));
  for (const { id } of people) named.delete(id);
  const [found, others] = await Promise.all([
    projects.listed(held.map(({ project }) => project)),
    named.size > 0 ? accounts.byIds([...named]) : [],
  ]);
  const byId = new Map(found.map((project) => [project.id, project]));
  const known = new Map([...people, ...others].map((account) => [account.id, account]));
  return held.flatMap((referral) => {
    const project = byId.get(referral.project);
    const advisor = known.get(referral.takenBy ?? referral.assignee ?? '') ?? null;
    return project ? [{ referral, project, advisor }] : [];
  });
};

/** A page of a partner's referrals, with the counts of all baskets. For its own people only. */
export const readQueue =
  (parts: Needs) =>
  async (reader: Account, request: QueueRequest): Promise<Queue> => {
    const { queueCounts, referrals, territory } = parts;
    const partner = reader.partner ? territory.partner(reader.partner) : undefined;
    if (!partner || !may(reader, 'seeQueue', partner.id)) throw new Forbidden();
    // Before the rows: what changes while they are read is told as a change afterwards.
    const { changedAt, people, ...offered } = await referrals.around(partner.id, reader.id);
    const [{ rows, ...page }, counts, late] = await Promise.all([
      readPage(parts, partner.id, request),
      queueCounts.inBaskets(partner.id, changedAt),
      queueCounts.late(partner.id, changedAt),
    ]);
    const isSearch = request.typed !== null;
    const reading = listRead(reader, 'queue', rows.length, { basket: request.basket, isSearch });
    const [withTheirs] = await Promise.all([withProjects(parts, rows, people), parts.note(reading)]);
    return {
      ...page,
      ...offered,
      partner,
      rows: withTheirs,
      counts,
      late,
      changedAt,
      people: leadsLast(people),
    };
  };

const leadsLast = (people: Account[]): Account[] =>
  [...people].sort((a, b) => Number(a.role === 'lead') - Number(b.role === 'lead'));

/** When the reader's queue, or one of its referrals, last changed; null when the reader may not know of it. */
export const readFreshness =
  ({ referrals }: Pick<Parts, 'referrals'>) =>
  async (reader: Account, referral?: string): Promise<Date | null> =>
    reader.partner && may(reader, 'seeQueue', reader.partner) ? referrals.changedAt(reader.partner, referral) : null;
