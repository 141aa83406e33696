import type { Connection } from 'mongoose';
import type { Contact } from '../domain/questionnaire/submission.js';
import { COUNTED } from '../domain/referrals/queueFilters.js';
import type { Project, ProjectEvent, ProjectState } from '../domain/referrals/referral.js';
import { agedProjects } from './agedProjects.js';
import { byIdTogether, listsTogether } from './askTogether.js';
import { countedProjects } from './countedProjects.js';
import { contactKeyOf, contactKeysOf, holderWrites } from './holderWrites.js';
import { outboxOf } from './outbox.js';
import { fromRecord, type ProjectRecord, projectSchema } from './projectRecord.js';
import { allOf, insertNew } from './records.js';
import { routedProjects } from './routedProjects.js';
import { sameHolder } from './sameHolder.js';
import { triageProjects } from './triageProjects.js';

/** What lists show of a project: a tenth of it. */
export interface ListedProject extends Pick<Project, 'id' | 'reference' | 'erasedAt'> {
  facts: Pick<Project['facts'], 'title' | 'needs' | 'stage' | 'commune'>;
  messages: { at: Date }[];
}
const LISTED = {
  reference: 1,
  erasedAt: 1,
  'facts.title': 1,
  'facts.needs': 1,
  'facts.stage': 1,
  'facts.commune': 1,
  'messages.at': 1,
} as const;

/** The trace is nine tenths of a record; its last line alone says whether a project was held back (`isHeldBack`). */
const SHORT_TRACE = { 'decision.trace': { $slice: -1 } };

type Ends = Pick<Project, 'withdrawnAt' | 'erasedAt'>;
const ENDS = { withdrawnAt: 1, erasedAt: 1 } as const;

/** Of a project that was just sent. */
const UNTOLD = { closing: null, became: null, questionsRefusedAt: null, mailRefused: null } as const;

/** Completed questionnaires with their decisions. */
export const projectsOn = (connection: Connection) => {
  const model = connection.model('Project', projectSchema, 'projects');
  const ends = byIdTogether<Ends & { _id: string }>(model as never, { fields: ENDS });

  return {
    model,
    ...agedProjects(model as never),
    ...countedProjects(model),
    ...routedProjects(model),
    ...sameHolder(model as never),
    ...triageProjects(model as never, fromRecord as never),

    /** The first durable write of a submission. False when this draft, or this reference, was there already. */
    async insert(project: Project, draft: string, outbox: ProjectEvent[]): Promise<boolean> {
      const { id, ...rest } = project;
      const keys = contactKeysOf(rest.contact);
      const own = { draft, stateRank: 0, stateSince: rest.submittedAt, lastAddress: null };
      const added = await insertNew<ProjectRecord>(model, [{ _id: id, ...UNTOLD, ...rest, ...own, outbox, ...keys }]);
      return added.length === 1;
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

    async byIds(ids: string[]): Promise<Project[]> {
      return (await model.find({ _id: { $in: ids } }).lean<ProjectRecord[]>()).map(fromRecord);
    },

    /** The same, each with the last line of its trace only. */
    async inShort(ids: string[]): Promise<Project[]> {
      return (await model.find({ _id: { $in: ids } }, SHORT_TRACE).lean<ProjectRecord[]>()).map(fromRecord);
    },

    /** Whether it was taken back, or erased; null when there is no such project. */
    endsOf: (id: string): Promise<Ends | null> => ends(id),

    /**
     * A project with the last line of its trace only, the draft that it was submitted from, and what is left to carry out of
     * it: in one read.
     */
    async toSettle(id: string): Promise<{ project: Project; draft: string; left: ProjectEvent[] } | null> {
      const record = await model.findById(id, SHORT_TRACE).lean<ProjectRecord>();
      return record && { project: fromRecord(record), draft: record.draft, left: record.outbox };
    },

    async byDraft(draft: string): Promise<Project | null> {
      const record = await model.findOne({ draft }).lean<ProjectRecord>();
      return record && fromRecord(record);
    },

    /** What lists show of these projects. */
    listed: listsTogether(async (ids): Promise<ListedProject[]> => {
      const asked = { _id: { $in: ids } } as object;
      const records = await allOf(model.collection.find<ProjectRecord>(asked, { projection: LISTED }));
      return records.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
    }),

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

    /** How many holders' addresses no longer receive, COUNTED + 1 when there are more. Reads keys only. */
    async countMailRefused(): Promise<number> {
      return model.countDocuments({ 'mailRefused.at': { $gt: new Date(0) } }).limit(COUNTED + 1);
    },

    /** Those whose holder's address no longer receives, latest first. */
    async withMailRefused(limit: number): Promise<Project[]> {
      const found = model.find({ 'mailRefused.at': { $gt: new Date(0) } }).sort({ 'mailRefused.at': -1 });
      return (await found.limit(limit).lean<ProjectRecord[]>()).map(fromRecord);
    },

    /** Of these projects, the ids of those whose holder's address no longer receives. */
    async mailRefusedAmong(ids: string[]): Promise<string[]> {
      const filter = { _id: { $in: ids }, 'mailRefused.at': { $gt: new Date(0) } };
      return (await model.find(filter, { _id: 1 }).lean<{ _id: string }[]>()).map(({ _id }) => _id);
    },

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
