import type { Model } from 'mongoose';
import type { Referral } from '../domain/referrals/referral.js';

/** What somebody, or nobody (null), has of a partner's open projects in one state. */
export interface Load {
  assignee: string | null;
  state: 'waiting' | 'taken';
  count: number;
  /** Nobody took them before the date that was promised. */
  late: number;
  /** When the oldest reached the partner. */
  oldest: Date;
}

const OPEN_BASKETS = ['a-prendre', 'en-cours', 'en-attente'];

/** How much each advisor has in hand. Part of the repository of referrals. */
export const partnerQueues = <Row extends Omit<Referral, 'id'>>(
  model: Pick<Model<Row>, 'aggregate' | 'find'>,
  fromRecord: (record: Row) => Referral,
) => ({
  /** Open referrals of each of these advisors. */
  async openCountByAssignee(accounts: string[]): Promise<Map<string, number>> {
    const rows = await model.aggregate<{ _id: string; count: number }>([
      { $match: { assignee: { $in: accounts }, state: { $in: ['waiting', 'taken'] } } },
      { $group: { _id: '$assignee', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  },

  /** What everybody at a partner has, and what nobody has: one read of its open referrals. */
  async loadOfPartner(partner: string, now: Date): Promise<Load[]> {
    const isLate = { $and: [{ $eq: ['$basket', 'a-prendre'] }, { $lt: ['$callBy', now] }] };
    const rows = await model.aggregate<Omit<Load, 'assignee' | 'state'> & { _id: Pick<Load, 'assignee' | 'state'> }>([
      { $match: { partner, basket: { $in: OPEN_BASKETS } } },
      {
        $group: {
          _id: { assignee: '$assignee', state: '$state' },
          count: { $sum: 1 },
          late: { $sum: { $cond: [isLate, 1, 0] } },
          oldest: { $min: '$sentAt' },
        },
      },
    ]);
    return rows.map(({ _id, ...rest }) => ({ ..._id, ...rest }));
  },

  /** When the referrals that changed last came and were taken, of those that came since then; so many are looked at. */
  async latestTaken(partner: string, since: Date, most: number): Promise<{ sentAt: Date; takenAt: Date }[]> {
    const rows = await model
      .find({ partner, changedAt: { $gte: since } }, { sentAt: 1, takenAt: 1 })
      .sort({ changedAt: -1 })
      .limit(most)
      .lean<Row[]>();
    return rows.flatMap(({ sentAt, takenAt }) => (takenAt && sentAt >= since ? [{ sentAt, takenAt }] : []));
  },

  /** The first of those to take, soonest due first. */
  async soonestToTake(partner: string, most: number): Promise<Pick<Referral, 'project' | 'about' | 'callBy'>[]> {
    return model
      .find({ partner, basket: 'a-prendre' }, { _id: 0, project: 1, about: 1, callBy: 1 })
      .sort({ callBy: 1, _id: 1 })
      .limit(most)
      .lean<Pick<Referral, 'project' | 'about' | 'callBy'>[]>();
  },

  /** When those that were taken since then had come, and were taken; so many are looked at. Reads what changed since then. */
  async takenSince(partner: string, since: Date, most: number): Promise<{ sentAt: Date; takenAt: Date }[]> {
    return model
      .find({ partner, changedAt: { $gte: since }, takenAt: { $gte: since } }, { _id: 0, sentAt: 1, takenAt: 1 })
      .limit(most)
      .lean<{ sentAt: Date; takenAt: Date }[]>();
  },

  /** Those of these referrals that are at this partner, in the order of the ids. */
  async ownAmong(partner: string, ids: string[]): Promise<Referral[]> {
    const rows = await model.find({ _id: { $in: ids }, partner }).lean<Row[]>();
    const found = rows.map(fromRecord);
    return ids.flatMap((id) => found.find((referral) => referral.id === id) ?? []);
  },

  /** What somebody was given and has not taken, or has in hand, soonest due first. */
  async openOf({ id, partner }: { id: string; partner: string }): Promise<Referral[]> {
    const given = { state: 'waiting', assignee: id };
    const inHand = { state: 'taken', takenBy: id };
    const rows = (await model.find({ partner, $or: [given, inHand] } as never).lean<Row[]>()).map(fromRecord);
    return rows.sort((a, b) => a.callBy.getTime() - b.callBy.getTime());
  },

  /** What somebody was given and has not taken in hand, soonest due first. */
  async waitingOf({ id, partner }: { id: string; partner: string }): Promise<Referral[]> {
    const rows = (await model.find({ assignee: id, state: 'waiting', partner }).lean<Row[]>()).map(fromRecord);
    return rows.sort((a, b) => a.callBy.getTime() - b.callBy.getTime());
  },
});
