import type { Model } from 'mongoose';
import type { Delivery, ToCall } from '../domain/emails/delivery.js';

type Held = Omit<Delivery, 'id'> & { _id: string; createdAt: Date; owed: boolean; claimedBy?: string };

const fromRecord = ({ _id, createdAt: _c, owed: _o, claimedBy: _b, ...rest }: Held): Delivery => ({ id: _id, ...rest });

/** E-mails to holders without an address: lines to say on the telephone. Part of the repository of deliveries. */
export const toCallOn = (model: Pick<Model<Held>, 'find' | 'findById' | 'updateOne' | 'countDocuments'>) => ({
  /** From now on it is to be said, not sent. A line that is there keeps its beginning and who said it. */
  async markToCall(id: string, { at, partner }: { at: Date; partner: string }): Promise<void> {
    const toCall: ToCall = { since: at, partner, done: null, by: null };
    const done = { owed: false, lockedUntil: null, lastAddress: null, toCall };
    await model.updateOne({ _id: id, toCall: null }, { $set: done });
  },

  /** What people of this partner (MANAGERS: managers) have to say, oldest first. */
  async toCallAt(partner: string, limit: number): Promise<Delivery[]> {
    const filter = { 'toCall.partner': partner, 'toCall.done': null };
    const rows = await model.find(filter).sort({ 'toCall.since': 1, _id: 1 }).limit(limit).lean<Held[]>();
    return rows.map(fromRecord);
  },

  async toCallById(id: string): Promise<Delivery | null> {
    const record = await model.findById(id).lean<Held>();
    return record?.toCall ? fromRecord(record) : null;
  },

  /** Nothing is to be said any more: the line goes for good. */
  async dropToCall(id: string, because: string): Promise<void> {
    const open = { _id: id, 'toCall.partner': { $ne: null }, 'toCall.done': null };
    await model.updateOne(open, { $set: { toCall: null, cancelledBecause: because } });
  },

  /** Ticks a line off. False when somebody did before, or nothing is to be said any more. */
  async markSaid(id: string, { at, by }: { at: Date; by: string }): Promise<boolean> {
    const change = { 'toCall.done': at, 'toCall.by': by };
    const open = { _id: id, 'toCall.partner': { $ne: null }, 'toCall.done': null };
    return (await model.updateOne(open, { $set: change })).modifiedCount === 1;
  },
});
