import type { Model, QueryFilter } from 'mongoose';
import type { Delivery } from '../domain/emails/delivery.js';
import { COUNTED } from '../domain/referrals/queueFilters.js';

type Held = Omit<Delivery, 'id'> & { _id: string; createdAt: Date; owed: boolean; claimedBy?: string };

const fromRecord = ({ _id, createdAt: _c, owed: _o, claimedBy: _b, ...rest }: Held): Delivery => ({
  id: _id,
  ...rest,
  toCall: rest.toCall ?? null,
});

/** An e-mail that is late, as far as its reader must know: since when, and whether the mail server refused it before. */
export type LateEmail = Pick<Delivery, 'due' | 'failedBecause'>;

/** How e-mails stand, counted to the last one. */
export interface DeliveriesNow {
  due: number;
  later: number;
  failed: number;
  sentLastDay: number;
  /** Null: nothing is due. */
  oldestDue: Date | null;
}

const DAY = 24 * 3_600_000;

const GIVEN_UP = { gaveUpAt: { $gt: new Date(0) } };

/** What the operations page reads of deliveries, and what "tout reprendre" writes. Part of the repository of deliveries. */
export const deliveryReadsOn = (model: Pick<Model<Held>, 'countDocuments' | 'find' | 'findOne' | 'updateMany'>) => ({
  /** What is due and not done, oldest first; COUNTED + 1 stand for more. */
  async late(now: Date): Promise<LateEmail[]> {
    return model
      .find({ owed: true, due: { $lte: now } }, { _id: 0, due: 1, failedBecause: 1 })
      .sort({ due: 1 })
      .limit(COUNTED + 1)
      .lean<LateEmail[]>();
  },

  /** For who watches over the desk: reads keys only, and gives up after `limit` milliseconds. */
  async now(now: Date, limit: number): Promise<DeliveriesNow> {
    const count = (filter: QueryFilter<Held>): Promise<number> => model.countDocuments(filter).maxTimeMS(limit).exec();
    const isDue = { owed: true, due: { $lte: now } };
    const [due, later, failed, sentLastDay, oldest] = await Promise.all([
      count(isDue),
      count({ owed: true, due: { $gt: now } }),
      count(GIVEN_UP),
      count({ sentAt: { $gt: new Date(now.getTime() - DAY) } }),
      model.findOne(isDue, { _id: 0, due: 1 }).sort({ due: 1 }).maxTimeMS(limit).lean<Pick<Held, 'due'>>(),
    ]);
    return { due, later, failed, sentLastDay, oldestDue: oldest?.due ?? null };
  },

  /** How many are owed for later, COUNTED + 1 when there are more. Reads keys only. */
  async countLater(now: Date): Promise<number> {
    return model.countDocuments({ owed: true, due: { $gt: now } }).limit(COUNTED + 1);
  },

  /** How many left from this instant on, COUNTED + 1 when there are more. Reads keys only. */
  async countSentSince(from: Date): Promise<number> {
    return model.countDocuments({ sentAt: { $gte: from } }).limit(COUNTED + 1);
  },

  /** What was given up, latest first, without the first `skip`. */
  async gaveUp(limit: number, skip = 0): Promise<Delivery[]> {
    const found = model.find(GIVEN_UP).sort({ gaveUpAt: -1, _id: 1 }).skip(skip).limit(limit);
    return (await found.lean<Held[]>()).map(fromRecord);
  },

  /** Why the latest COUNTED + 1 were given up. */
  async gaveUpBecause(): Promise<string[]> {
    const rows = await model
      .find(GIVEN_UP, { _id: 0, failedBecause: 1 })
      .sort({ gaveUpAt: -1 })
      .limit(COUNTED + 1)
      .lean<Pick<Held, 'failedBecause'>[]>();
    return rows.map(({ failedBecause }) => failedBecause ?? '');
  },

  /** Owes these again, from now on, with all their tries. Gives how many had been given up: others stay as they are. */
  async oweAgain(ids: string[], now: Date): Promise<number> {
    const change = { owed: true, due: now, attempts: 0, gaveUpAt: null, enqueuedAt: null, lockedUntil: null };
    return (await model.updateMany({ _id: { $in: ids }, ...GIVEN_UP }, { $set: change })).modifiedCount;
  },
});
