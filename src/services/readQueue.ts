import { type Account, may } from '../domain/referrals/access.js';
import { BASKETS, type Basket } from '../domain/referrals/lifecycle.js';
import type { Project, Referral } from '../domain/referrals/referral.js';
import type { Partner } from '../domain/territory/territory.js';
import { Forbidden } from '../errors.js';
import type { Parts } from './parts.js';

/** Rows that one page of the queue shows at most. */
const QUEUE_PAGE = 25;

export interface QueueRow {
  referral: Referral;
  project: Project;
  /** Who has it, or for whom it is meant. */
  advisor: Account | null;
}

export interface Queue {
  partner: Partner;
  rows: QueueRow[];
  counts: Record<Basket, number>;
  /** Waiting at the partner after the date that was promised. */
  late: number;
  /** Which page of the basket the rows are, from 1, and how many it has. */
  page: number;
  pages: number;
}

/** A page of a partner's referrals of one basket, in its order, with the counts of all. For its own advisors only. */
export const readQueue =
  ({
    accounts,
    clock,
    projects,
    referrals,
    territory,
  }: Pick<Parts, 'accounts' | 'clock' | 'projects' | 'referrals' | 'territory'>) =>
  async (reader: Account, basket: Basket, asked = 1): Promise<Queue> => {
    const partner = reader.partner ? territory.partner(reader.partner) : undefined;
    if (!partner || !may(reader, 'seeQueue', partner.id)) throw new Forbidden();
    const { order } = BASKETS[basket];
    const counts = await countBaskets(referrals, partner.id);
    const pages = Math.max(1, Math.ceil(counts[basket] / QUEUE_PAGE));
    const page = Math.min(asked, pages);
    const skip = (page - 1) * QUEUE_PAGE;
    const held = await referrals.queueOf(partner.id, basket, { order, skip, limit: QUEUE_PAGE });
    const byId = new Map((await projects.byIds(held.map(({ project }) => project))).map((found) => [found.id, found]));
    const people = await accounts.byIds(held.flatMap(({ takenBy, assignee }) => takenBy ?? assignee ?? []));
    const rows = held.flatMap((referral) => {
      const project = byId.get(referral.project);
      const advisor = people.find(({ id }) => id === (referral.takenBy ?? referral.assignee)) ?? null;
      return project ? [{ referral, project, advisor }] : [];
    });
    return { partner, rows, counts, late: await referrals.countLate(partner.id, clock()), page, pages };
  };

const countBaskets = async (referrals: Parts['referrals'], partner: string): Promise<Record<Basket, number>> => {
  const counted = await referrals.countByBasket(partner);
  const baskets = Object.keys(BASKETS) as Basket[];
  return Object.fromEntries(baskets.map((basket) => [basket, counted.get(basket) ?? 0])) as Record<Basket, number>;
};
