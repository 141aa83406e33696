import type { Model } from 'mongoose';
import type { Basket } from '../domain/referrals/lifecycle.js';
import type { Referral } from '../domain/referrals/referral.js';

/** What partners and their advisors have before them. Part of the repository of referrals. */
export const partnerQueues = <Row extends Omit<Referral, 'id'>>(
  model: Pick<Model<Row>, 'aggregate' | 'countDocuments' | 'find'>,
  fromRecord: (record: Row) => Referral,
) => ({
  /** A partner's referrals of one basket: soonest due first, or those that ended last first. */
  async queueOf(
    partner: string,
    basket: Basket,
    { order, skip = 0, limit }: { order: 'soonest due' | 'latest ended'; skip?: number; limit: number },
  ): Promise<Referral[]> {
    const records = await model
      .find({ partner, basket })
      .sort(order === 'soonest due' ? { callBy: 1, _id: 1 } : { closedAt: -1, _id: -1 })
      .skip(skip)
      .limit(limit)
      .lean<Row[]>();
    return records.map(fromRecord);
  },

  /** How many of the partner's referrals nobody took before the date that was promised. */
  async countLate(partner: string, now: Date): Promise<number> {
    return model.countDocuments({ partner, state: 'waiting', callBy: { $lt: now } });
  },

  /** How many referrals of the partner are in each basket. */
  async countByBasket(partner: string): Promise<Map<Basket, number>> {
    const rows = await model.aggregate<{ _id: Basket; count: number }>([
      { $match: { partner } },
      { $group: { _id: '$basket', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  },

  /** Open referrals of each of these advisors. */
  async openCountByAssignee(accounts: string[]): Promise<Map<string, number>> {
    const rows = await model.aggregate<{ _id: string; count: number }>([
      { $match: { assignee: { $in: accounts }, state: { $in: ['waiting', 'taken'] } } },
      { $group: { _id: '$assignee', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  },
});
