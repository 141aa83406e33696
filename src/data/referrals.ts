import type { Connection } from 'mongoose';
import { ACTS, basketOf, type ReferralState } from '../domain/referrals/lifecycle.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { aroundQueue } from './aroundQueue.js';
import { digestReads } from './digestReads.js';
import { dueReferrals } from './dueReferrals.js';
import { involvedReferrals } from './involvedReferrals.js';
import { outboxOf } from './outbox.js';
import { partnerQueues } from './partnerQueues.js';
import { insertNew } from './records.js';
import { referralLists } from './referralLists.js';
import { fromRecord, type ReferralRecord, referralSchema } from './referralRecord.js';

/** What an act changes, the event that it leaves, and the words that go with it. */
export interface Transition {
  change: Partial<Omit<Referral, 'id' | 'project' | 'version' | 'notes'>>;
  event: ProjectEvent;
  note: { id: string; text: string } | null;
}

/** Projects at partners. */
export const referralsOn = (connection: Connection) => {
  const model = connection.model('Referral', referralSchema, 'referrals');

  return {
    model,

    /** False when the project already had its referral of this sequence. */
    async insert(referral: Referral, outbox: ProjectEvent[]): Promise<boolean> {
      const { id, ...rest } = referral;
      return (await insertNew<ReferralRecord>(model, [{ _id: id, ...rest, outbox }])).length === 1;
    },

    /** Referrals of the past, of which nothing is left to carry out. */
    async insertAll(past: Referral[]): Promise<void> {
      await model.insertMany(past.map(({ id, ...rest }) => ({ _id: id, ...rest, outbox: [] })));
    },

    async byId(id: string): Promise<Referral | null> {
      const record = await model.findById(id).lean<ReferralRecord>();
      return record && fromRecord(record);
    },

    /** A referral, and what is left to carry out of it: in one read. */
    async toSettle(id: string): Promise<{ referral: Referral; left: ProjectEvent[] } | null> {
      const record = await model.findById(id).lean<ReferralRecord>();
      return record && { referral: fromRecord(record), left: record.outbox };
    },

    /** The main referrals of a project, first to last. */
    async ofProject(project: string): Promise<Referral[]> {
      return (await model.find({ project, role: 'main' }).sort({ sequence: 1 }).lean<ReferralRecord[]>()).map(
        fromRecord,
      );
    },

    /** Those of the partners brought in beside the main one, first to last. */
    async associatedOf(project: string): Promise<Referral[]> {
      const records = await model.find({ project, role: 'associated' }).sort({ sequence: 1 }).lean<ReferralRecord[]>();
      return records.map(fromRecord);
    },

    async ofProjects(projects: string[]): Promise<Referral[]> {
      const records = await model
        .find({ project: { $in: projects }, role: 'main' })
        .sort({ project: 1, sequence: 1 })
        .lean<ReferralRecord[]>();
      return records.map(fromRecord);
    },

    ...partnerQueues(model, fromRecord),
    ...dueReferrals(model as never, fromRecord as never),
    ...referralLists(model as never),
    ...aroundQueue(model),
    ...digestReads(model as never, fromRecord as never),

    /** One guarded write: only from the version and one of the states that were seen. Null: somebody was faster. */
    async transition(
      seen: { id: string; version: number; from: readonly ReferralState[] },
      { change, event, note }: Transition,
    ): Promise<Referral | null> {
      const record = await model
        .findOneAndUpdate(
          { _id: seen.id, version: seen.version, state: { $in: seen.from } },
          {
            $set: change,
            $inc: { version: 1 },
            $push: { outbox: event, ...(note && { notes: note }) },
          },
          { returnDocument: 'after' },
        )
        .lean<ReferralRecord>();
      return record && fromRecord(record);
    },

    /** The holder took the project back: one guarded write. False: the referral changed in between. The project has the event. */
    async withdraw({ id, version }: Pick<Referral, 'id' | 'version'>, at: Date): Promise<boolean> {
      const open = { _id: id, version, state: { $in: ACTS.withdraw.from } };
      const basket = basketOf({ state: 'withdrawn', asked: null });
      const change = {
        $set: { state: 'withdrawn', basket, asked: null, closedAt: at, changedAt: at },
        $inc: { version: 1 },
      } as const;
      return (await model.updateOne(open, change)).modifiedCount === 1;
    },

    /** Forgets what people wrote with their acts, and what its lists show and search, of an erased project. */
    async forgetNotes(project: string): Promise<void> {
      await model.updateMany(
        { project },
        { $set: { notes: [], appointment: null, 'about.title': '', 'about.words': [] } },
      );
    },

    /** What its lists show and search, once the holder has put something right. */
    async refreshAbout(project: string, about: Referral['about'], at: Date): Promise<void> {
      await model.updateMany({ project }, { $set: { about, changedAt: at } });
    },

    ...involvedReferrals(model as never, fromRecord as never),
    ...outboxOf(model),

    async removeOfProjects(projects: string[]): Promise<void> {
      await model.deleteMany({ project: { $in: projects } });
    },
  };
};
