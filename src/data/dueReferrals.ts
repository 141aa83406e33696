import type { Model, Schema } from 'mongoose';
import type { Referral } from '../domain/referrals/referral.js';

/** What time has to do with referrals. Part of the repository of referrals. */
export const dueReferrals = <Row extends Omit<Referral, 'id'>>(
  model: Pick<Model<Row>, 'find'>,
  fromRecord: (record: Row) => Referral,
) => ({
  /** Main referrals that nobody took, sent to their partner before `before`: longest first. */
  async waitingSince(before: Date, limit: number): Promise<Referral[]> {
    const records = await model
      .find({ role: 'main', state: 'waiting', sentAt: { $lt: before } })
      .sort({ sentAt: 1, _id: 1 })
      .limit(limit)
      .lean<Row[]>();
    return records.map(fromRecord);
  },

  /** Ids of those that wait for their holder, and whose wait is over by `now`: longest first. */
  async askedUntil(now: Date, limit: number): Promise<string[]> {
    const open = { role: 'main', state: { $in: ['waiting', 'taken'] }, 'asked.until': { $lte: now } } as const;
    const rows = await model
      .find(open as object, { _id: 1 })
      .sort({ 'asked.until': 1, _id: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return rows.map(({ _id }) => _id);
  },
});

/** What these lists read: what is due and nothing else. */
export const indexDue = (schema: Pick<Schema, 'index'>): void => {
  schema.index({ role: 1, state: 1, sentAt: 1, _id: 1 });
  schema.index({ 'asked.until': 1, _id: 1 }, { partialFilterExpression: { 'asked.until': { $exists: true } } });
};
