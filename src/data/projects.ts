import { type Connection, Schema } from 'mongoose';
import type { Contact } from '../domain/questionnaire/submission.js';
import type { Project, ProjectEvent, ProjectState } from '../domain/referrals/referral.js';
import { countedProjects } from './countedProjects.js';
import { contactKeyOf, contactKeysOf, holderWrites } from './holderWrites.js';
import { outboxOf } from './outbox.js';
import { ignoreDuplicate } from './records.js';
import { routedProjects } from './routedProjects.js';
import { sameHolder } from './sameHolder.js';
import { triageProjects } from './triageProjects.js';

interface ProjectRecord extends Omit<Project, 'id'> {
  _id: string;
  /** The draft that it was submitted from: the same draft never makes two projects. */
  draft: string;
  /** Grows with each change of the main referral, so that a late step never brings an old state back. */
  stateRank: number;
  /** When it came into its state: triage shows first what has waited longest. */
  stateSince: Date;
  /** Events written with the project in one durable write, not yet carried out. */
  outbox: ProjectEvent[];
  /** Hash of the holder's address in small letters: finds their projects; gone with erasure. */
  contactKey: string | null;
  /** The same of the telephone number. */
  phoneKey: string | null;
  /** From erasure until the last e-mail is owed. */
  lastAddress: string | null;
}

const schema = new Schema<ProjectRecord>(
  {
    _id: { type: String, required: true },
    draft: { type: String, required: true, unique: true },
    reference: { type: String, required: true, unique: true },
    submittedAt: { type: Date, required: true },
    questionnaireVersion: { type: String, required: true },
    language: { type: String, required: true },
    facts: { type: Object, required: true },
    organisation: { type: String, default: null },
    contact: { type: Object, required: true },
    answers: { type: [Object], required: true },
    siret: { type: String, default: null },
    link: { type: String, default: null },
    inTouchWith: { type: [String], required: true },
    decision: { type: Object, required: true },
    state: { type: String, required: true },
    stateRank: { type: Number, required: true },
    stateSince: { type: Date, default: null },
    channel: { type: String, default: null },
    consent: { type: Object, default: null },
    override: { type: Object, default: null },
    closing: { type: Object, default: null },
    flags: { type: [String], required: true },
    messages: { type: [Object], required: true },
    survey: { type: Object, default: null },
    withdrawnAt: { type: Date, default: null },
    erasedAt: { type: Date, default: null },
    demo: { type: Boolean, required: true },
    outbox: { type: [Object], required: true },
    contactKey: { type: String, default: null },
    phoneKey: { type: String, default: null },
    lastAddress: { type: String, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ state: 1, submittedAt: 1 });
schema.index({ state: 1, stateSince: 1, _id: 1 });
schema.index({ submittedAt: 1, _id: 1 });
schema.index({ 'outbox.at': 1 }, { sparse: true });
schema.index({ contactKey: 1, submittedAt: -1 });
schema.index({ phoneKey: 1, submittedAt: -1 });
schema.index({ siret: 1, submittedAt: -1 });

const fromRecord = (record: ProjectRecord): Project => {
  const {
    _id,
    draft: _d,
    outbox: _o,
    stateRank: _s,
    stateSince: _t,
    contactKey: _c,
    phoneKey: _p,
    lastAddress: _l,
    ...rest
  } = record;
  const consent = rest.consent ?? { by: null, at: rest.submittedAt, how: 'form' as const };
  return { id: _id, ...rest, consent, override: rest.override ?? null };
};

/** Completed questionnaires with their decisions. */
export const projectsOn = (connection: Connection) => {
  const model = connection.model('Project', schema, 'projects');

  return {
    model,
    ...countedProjects(model),
    ...routedProjects(model),
    ...sameHolder(model as never),
    ...triageProjects(model as never, fromRecord as never),

    /** The first durable write of a submission. False when this draft, or this reference, was there already. */
    async insert(project: Project, draft: string, outbox: ProjectEvent[]): Promise<boolean> {
      const { id, ...rest } = project;
      const keys = contactKeysOf(rest.contact);
      return ignoreDuplicate(
        model.create({ _id: id, ...rest, draft, stateRank: 0, stateSince: rest.submittedAt, outbox, ...keys }),
      );
    },

    /** Projects of the past, of which nothing is left to carry out. */
    async insertAll(past: Project[]): Promise<void> {
      const records = past.map(({ id, ...rest }) => {
        const keys = contactKeysOf(rest.contact);
        return { _id: id, ...rest, draft: id, stateRank: 0, stateSince: rest.submittedAt, outbox: [], ...keys };
      });
      await model.insertMany(records);
    },

    async byId(id: string): Promise<Project | null> {
      const record = await model.findById(id).lean<ProjectRecord>();
      return record && fromRecord(record);
    },

    async byDraft(draft: string): Promise<Project | null> {
      const record = await model.findOne({ draft }).lean<ProjectRecord>();
      return record && fromRecord(record);
    },

    async byIds(ids: string[]): Promise<Project[]> {
      return (await model.find({ _id: { $in: ids } }).lean<ProjectRecord[]>()).map(fromRecord);
    },

    /** Projects that this address sent from `since` on, newest first; not those that were erased. */
    async byEmail(email: string, since: Date, limit = 20): Promise<Project[]> {
      const filter = { contactKey: contactKeyOf({ email }), submittedAt: { $gte: since }, erasedAt: null };
      const records = await model.find(filter).sort({ submittedAt: -1 }).limit(limit).lean<ProjectRecord[]>();
      return records.map(fromRecord);
    },

    /** Projects of this address or telephone number from `since` on, newest first; not those that were erased. */
    async ofPerson(contact: Pick<Contact, 'email' | 'phone'>, since: Date, limit = 20): Promise<Project[]> {
      const found = new Map<string, ProjectRecord>();
      for (const [name, key] of Object.entries(contactKeysOf(contact))) {
        const filter = { [name]: key, submittedAt: { $gte: since }, erasedAt: null };
        const records = key === null ? [] : await model.find(filter).sort({ submittedAt: -1 }).limit(limit).lean();
        for (const record of records) found.set(record._id, record as ProjectRecord);
      }
      const newestFirst = (a: Project, b: Project) => b.submittedAt.getTime() - a.submittedAt.getTime();
      return [...found.values()].map(fromRecord).sort(newestFirst);
    },

    /** Projects in one of these states, and how many there are in all. */
    async inStates(
      states: ProjectState[],
      { order, skip = 0, limit }: { order: 'oldest' | 'newest'; skip?: number; limit: number },
    ): Promise<{ projects: Project[]; total: number }> {
      const filter = { state: { $in: states } };
      const records = await model
        .find(filter)
        .sort({ submittedAt: order === 'oldest' ? 1 : -1 })
        .skip(skip)
        .limit(limit)
        .lean<ProjectRecord[]>();
      return { projects: records.map(fromRecord), total: await model.countDocuments(filter) };
    },

    /**
     * `rank` must grow: a step that comes late with an older state changes nothing. `since`: when it came to it. A project
     * that was ended in triage and sent on is no longer ended.
     */
    async setState(id: string, state: ProjectState, { rank, since }: { rank: number; since: Date }): Promise<void> {
      const change = { state, stateRank: rank, stateSince: since, closing: null };
      await model.updateOne({ _id: id, stateRank: { $lt: rank } }, { $set: change });
    },

    ...outboxOf(model),
    ...holderWrites(model as never),

    async isEmpty(): Promise<boolean> {
      return (await model.exists({})) === null;
    },

    async demoIds(): Promise<string[]> {
      const rows = await model.find({ demo: true }, { _id: 1 }).lean<{ _id: string }[]>();
      return rows.map((row) => row._id);
    },

    async removeDemo(): Promise<void> {
      await model.deleteMany({ demo: true });
    },
  };
};
