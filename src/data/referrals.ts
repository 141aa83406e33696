import { type Connection, Schema } from 'mongoose';
import { ACTS, basketOf, type ReferralState } from '../domain/referrals/lifecycle.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { involvedReferrals } from './involvedReferrals.js';
import { outboxOf } from './outbox.js';
import { partnerQueues } from './partnerQueues.js';
import { ignoreDuplicate } from './records.js';
import { referralLists } from './referralLists.js';

interface ReferralRecord extends Omit<Referral, 'id'> {
  _id: string;
  outbox: ProjectEvent[];
}

/** What an act changes, the event that it leaves, and the words that go with it. */
export interface Transition {
  change: Partial<Omit<Referral, 'id' | 'project' | 'version' | 'notes'>>;
  event: ProjectEvent;
  note: { id: string; text: string } | null;
}

const schema = new Schema<ReferralRecord>(
  {
    _id: { type: String, required: true },
    project: { type: String, required: true },
    partner: { type: String, required: true },
    role: { type: String, required: true },
    sequence: { type: Number, required: true },
    state: { type: String, required: true },
    basket: { type: String, required: true },
    about: { type: Object, required: true },
    version: { type: Number, required: true },
    sentAt: { type: Date, required: true },
    callBy: { type: Date, required: true },
    assignee: { type: String, default: null },
    assignedBecause: { type: Object, default: null },
    takenBy: { type: String, default: null },
    takenAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
    declineReason: { type: String, default: null },
    outcome: { type: String, default: null },
    help: { type: String, default: null },
    asked: { type: Object, default: null },
    attempts: { type: Number, required: true },
    appointment: { type: Object, default: null },
    changedAt: { type: Date, required: true },
    notes: { type: [Object], required: true },
    demo: { type: Boolean, required: true },
    outbox: { type: [Object], required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ project: 1, role: 1, sequence: 1 }, { unique: true });
schema.index({ partner: 1, basket: 1, callBy: 1, _id: 1 });
schema.index({ partner: 1, basket: 1, closedAt: -1, _id: -1 });
schema.index({ partner: 1, sentAt: -1, _id: -1 }, { partialFilterExpression: { basket: 'associes' } });
// The filters that people use most, on what is open: the rest of a million referrals is not in these indexes.
for (const filter of ['assignee', 'about.need', 'about.epci'])
  schema.index(
    { partner: 1, basket: 1, [filter]: 1, callBy: 1, _id: 1 },
    { partialFilterExpression: { basket: { $in: ['a-prendre', 'en-cours', 'en-attente'] } } },
  );
schema.index({ partner: 1, 'about.words': 1, sentAt: -1, _id: -1 });
schema.index({ partner: 1, changedAt: -1 });
schema.index({ assignee: 1, state: 1 });
schema.index({ 'outbox.at': 1 }, { sparse: true });

const fromRecord = ({ _id, outbox: _o, ...rest }: ReferralRecord): Referral => ({ id: _id, ...rest });

/** Projects at partners. */
export const referralsOn = (connection: Connection) => {
  const model = connection.model('Referral', schema, 'referrals');

  return {
    model,

    /** False when the project already had its referral of this sequence. */
    async insert(referral: Referral, outbox: ProjectEvent[]): Promise<boolean> {
      const { id, ...rest } = referral;
      return ignoreDuplicate(model.create({ _id: id, ...rest, outbox }));
    },

    /** Referrals of the past, of which nothing is left to carry out. */
    async insertAll(past: Referral[]): Promise<void> {
      await model.insertMany(past.map(({ id, ...rest }) => ({ _id: id, ...rest, outbox: [] })));
    },

    async byId(id: string): Promise<Referral | null> {
      const record = await model.findById(id).lean<ReferralRecord>();
      return record && fromRecord(record);
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
    ...referralLists(model as never, fromRecord as never),

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
      await model.updateMany({ project }, { $set: { notes: [], 'about.title': '', 'about.words': [] } });
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
