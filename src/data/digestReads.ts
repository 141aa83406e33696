import type { Model } from 'mongoose';
import type { Referral } from '../domain/referrals/referral.js';

/** The first rows of a list, and how many there are in all. */
export interface Head {
  rows: Referral[];
  total: number;
}

type Row = Omit<Referral, 'id'> & { _id: string };

/** Referrals of one person looked at for those that nobody did anything with: the rest of a longer list is left out. */
const LOOKED_AT = 1000;
/** Of one partner, those that changed last, for what is new to one person. */
const CHANGED = 300;

/** What digests sum up, read by index: what one person has, what is late at a partner. Part of the repository of referrals. */
export const digestReads = (
  model: Pick<Model<Row>, 'countDocuments' | 'find'>,
  fromRecord: (record: Row) => Referral,
) => {
  const headOf = async (filter: Record<string, unknown>, limit: number): Promise<Head> => {
    const found = await model.find(filter).sort({ callBy: 1, _id: 1 }).limit(limit).lean<Row[]>();
    const isAll = found.length < limit;
    return { rows: found.map(fromRecord), total: isAll ? found.length : await model.countDocuments(filter) };
  };

  return {
    /**
     * What one of these, or nobody (null), has in a basket, soonest due first; only what is due from `dueFrom` on, when that
     * is given.
     */
    async heldBy(
      {
        partner,
        basket,
        by,
        dueFrom,
      }: Pick<Referral, 'partner' | 'basket'> & { by: (string | null)[]; dueFrom?: Date },
      limit: number,
    ): Promise<Head> {
      const due = dueFrom && { callBy: { $gte: dueFrom } };
      const heads = await Promise.all(by.map((assignee) => headOf({ partner, basket, assignee, ...due }, limit)));
      const rows = heads.flatMap((head) => head.rows).sort((a, b) => a.callBy.getTime() - b.callBy.getTime());
      return { rows: rows.slice(0, limit), total: heads.reduce((sum, { total }) => sum + total, 0) };
    },

    /** What nobody took at a partner before the date that was promised, longest late first. */
    lateAt: (partner: string, now: Date, limit: number): Promise<Head> =>
      headOf({ partner, basket: 'a-prendre', callBy: { $lt: now } }, limit),

    /** What somebody has taken in hand, soonest due first, without what people wrote. */
    async inHandOf(partner: string, account: string): Promise<Referral[]> {
      const found = await model
        .find({ partner, basket: 'en-cours', assignee: account }, { notes: 0, 'about.words': 0 })
        .sort({ callBy: 1, _id: 1 })
        .limit(LOOKED_AT)
        .lean<Row[]>();
      return found.map(fromRecord);
    },

    /** What changed at a partner from this instant on, latest first, without what people wrote. */
    async changedSince(partner: string, since: Date): Promise<Referral[]> {
      const found = await model
        .find({ partner, changedAt: { $gte: since } }, { notes: 0, 'about.words': 0 })
        .sort({ changedAt: -1 })
        .limit(CHANGED)
        .lean<Row[]>();
      return found.map(fromRecord);
    },

    /** How many a partner left untaken until they expired, in this time. */
    countExpired: (partner: string, from: Date, to: Date): Promise<number> =>
      model.countDocuments({ partner, basket: 'expires', closedAt: { $gte: from, $lt: to } }),

    /** How many main referrals reached their partner before this instant and wait still. */
    countWaitingSince: (before: Date): Promise<number> =>
      model.countDocuments({ role: 'main', state: 'waiting', sentAt: { $lt: before } }),
  };
};
