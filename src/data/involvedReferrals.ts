import type { Model } from 'mongoose';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { ofProjectTogether } from './askTogether.js';

/** Who else has, or had, the same project: reads by project, and what its partners tell one another. Part of `referrals`. */
export const involvedReferrals = <Record extends { _id: string }>(
  model: Model<Record>,
  fromRecord: (record: Record) => Referral,
) => ({
  /** Every referral of a project, associated ones first, then main ones, first to last. */
  involvedIn: ofProjectTogether(async (projects): Promise<Referral[]> => {
    const found = await model
      .find({ project: { $in: projects } })
      .sort({ project: 1, role: 1, sequence: 1 })
      .lean();
    return (found as Record[]).map(fromRecord);
  }),

  /** Those of these projects that are at this partner. */
  async atPartner(projects: string[], partner: string): Promise<Referral[]> {
    const found = await model.find({ project: { $in: projects }, partner }).lean();
    return (found as Record[]).map(fromRecord);
  },

  /** Something happened that these partners read too: their open pages and lists are told. */
  async markChanged(ids: string[], at: Date): Promise<void> {
    await model.updateMany({ _id: { $in: ids } } as object, { $max: { changedAt: at } } as object);
  },

  /**
   * Keeps a message between partners with its event, in one write, whatever the state: nothing else changes. False when a
   * message of this id is there already.
   */
  async share(
    id: string,
    { event, note }: { event: ProjectEvent; note: { id: string; text: string } },
  ): Promise<boolean> {
    const filter = { _id: id, 'notes.id': { $ne: note.id } } as object;
    const change = {
      $set: { changedAt: event.at, actedAt: event.at },
      $push: { outbox: event, notes: note },
    } as object;
    return (await model.updateOne(filter, change)).modifiedCount === 1;
  },
});
