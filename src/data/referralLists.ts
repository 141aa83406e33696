import type { Model } from 'mongoose';
import type { Basket } from '../domain/referrals/lifecycle.js';
import {
  COUNTED,
  LISTED,
  type ListedReferral,
  type ListPage,
  type ListRequest,
  NO_FILTERS,
  type Place,
  type QueueFilters,
} from '../domain/referrals/queueFilters.js';
import type { Referral } from '../domain/referrals/referral.js';
import { eachTogether, sameTogether } from './askTogether.js';
import { type Column, listOrder } from './listOrder.js';
import { chooseWords } from './listWords.js';
import { allOf } from './records.js';
import { walkList } from './walkList.js';

export interface ListRecord extends Omit<Referral, 'id'> {
  _id: string;
}
export type ListModel = Pick<Model<ListRecord>, 'collection' | 'countDocuments' | 'find' | 'findOne'>;

/** Filters that an index of the open baskets begins with, the narrowest first; the others are looked at one by one. */
const indexed = ({ person, epci, need }: QueueFilters): [keyof QueueFilters, Record<string, unknown>] | null => {
  if (person) return ['person', { assignee: person.account }];
  if (epci) return ['epci', { 'about.epci': epci }];
  return need ? ['need', { 'about.need': need }] : null;
};

const rangeOf = ({ filters: { late, from, until }, now }: ListRequest, column: Column): Record<string, unknown> => {
  if (column === 'callBy' && late) return { callBy: { $lt: now } };
  if (column !== 'sentAt' || (!from && !until)) return {};
  return { sentAt: { ...(from && { $gte: from }), ...(until && { $lt: until }) } };
};

/**
 * How one page of a list is asked of the store. `keys`: what an index begins with and its range; `left`: the filters that no
 * index holds. Lists of open baskets have an index for one of assignee, EPCI and need; those of the others have none.
 */
export const planList = (request: ListRequest) => {
  const { partner, basket, filters, from } = request;
  const order = listOrder(basket, from?.side);
  const { column } = order;
  const first = column === 'callBy' ? indexed(filters) : null;
  const left = {
    ...filters,
    ...(first && { [first[0]]: null }),
    ...(column === 'callBy' && basket === 'a-prendre' && { late: false }),
    ...(column === 'sentAt' && { from: null, until: null }),
  };
  const keys = { partner, ...(basket && { basket }), ...first?.[1], ...rangeOf(request, column) };
  const isPlain = Object.entries(left).every(([name, value]) => value === NO_FILTERS[name as keyof QueueFilters]);
  return { ...order, keys, left, beyond: from ? order.beyond(from.place) : {}, isPlain };
};

const SHOWN = Object.fromEntries([...LISTED, 'about.channel'].map((field) => [field, 1]));

const asListed = ({ _id, ...rest }: ListRecord): ListedReferral => ({ id: _id, ...rest });

const placeOf = (row: ListedReferral | undefined, column: Column): Place | null =>
  row ? { at: row[column] ?? row.sentAt, id: row.id } : null;

/** Queues of partners, read by index: each page costs the same wherever it is, and reads no further than it must. */
export const referralLists = (model: ListModel) => {
  const byIds = async (ids: string[]): Promise<ListedReferral[]> => {
    const records = await model.find({ _id: { $in: ids } }, SHOWN).lean<ListRecord[]>();
    const found = new Map(records.map((one) => [one._id, one]));
    return ids.flatMap((id) => found.get(id) ?? []).map(asListed);
  };

  const firstOf = (filter: object, { sort, limit }: { sort: Record<string, 1 | -1>; limit: number }) =>
    allOf(model.collection.find<ListRecord>(filter, { projection: SHOWN, sort, limit }));

  const lastChangeIn = async (partner: string): Promise<Date | null> => {
    const last = await model.findOne({ partner }, { changedAt: 1 }).sort({ changedAt: -1 }).lean<ListRecord>();
    return last?.changedAt ?? null;
  };
  // Open pages of a queue ask every so often: those of one team together.
  const lastChange = eachTogether((partner) => sameTogether(() => lastChangeIn(partner)));

  return {
    /** One page of a list, in its order. */
    async list(request: ListRequest): Promise<ListPage> {
      const plan = planList(request);
      const words = request.words ? await chooseWords(model, request.partner, request.words) : null;
      const filter = { ...plan.keys, ...plan.beyond, ...words?.keys };
      const most = request.limit + 1;
      const isWhole = plan.isPlain && !words?.left;
      const walk = isWhole ? null : await walkList(model, { filter, plan, words, now: request.now, most });
      const rows = walk
        ? await byIds(walk.ids)
        : (await firstOf(filter, { sort: plan.sort, limit: most })).map(asListed);
      const shown = rows.slice(0, request.limit);
      const end = rows.length > request.limit ? placeOf(shown.at(-1), plan.column) : (walk?.stoppedAt ?? null);
      const start = request.from && placeOf(shown[0], plan.column);
      const sides = request.from?.side === 'before' ? { next: start, previous: end } : { next: end, previous: start };
      if (request.from?.side === 'before') shown.reverse();
      return { rows: shown, ...sides, isCut: walk?.stoppedAt != null, isVague: words?.isVague ?? false };
    },

    /** How many referrals of the partner are in the basket, COUNTED + 1 when there are more. Reads keys only. */
    async countBasket(partner: string, basket: Basket): Promise<number> {
      return model.countDocuments({ partner, basket }).limit(COUNTED + 1);
    },

    /** How many nobody took before the date that was promised, COUNTED + 1 when there are more. */
    async countLate(partner: string, now: Date): Promise<number> {
      return model.countDocuments({ partner, basket: 'a-prendre', callBy: { $lt: now } }).limit(COUNTED + 1);
    },

    /** When anything last happened in the partner's queue, or to one of its referrals; null when there is none. */
    async changedAt(partner: string, id?: string): Promise<Date | null> {
      if (id === undefined) return lastChange(partner)();
      return (await model.findOne({ _id: id, partner }, { changedAt: 1 }).lean<ListRecord>())?.changedAt ?? null;
    },
  };
};
