import { type Connection, Schema } from 'mongoose';
import type { EventType, ProjectEvent } from '../domain/referrals/referral.js';
import { ofProjectTogether } from './askTogether.js';
import { inBatches, insertNew } from './records.js';

interface EventRecord extends Omit<ProjectEvent, 'id'> {
  _id: string;
  recordedAt: Date;
}

const schema = new Schema<EventRecord>(
  {
    _id: { type: String, required: true },
    project: { type: String, required: true },
    referral: { type: String, default: null },
    partner: { type: String, default: null },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    recordedAt: Date,
    actor: { type: Object, required: true },
    before: { type: String, default: null },
    after: { type: String, default: null },
    reason: { type: String, default: null },
    note: { type: String, default: null },
    to: String,
    rank: Number,
    callBy: Date,
    lost: Object,
  },
  { versionKey: false },
);
schema.index({ project: 1, at: 1 });
schema.index({ recordedAt: 1 });

const fromRecord = ({ _id, ...rest }: EventRecord): ProjectEvent => ({ id: _id, ...rest });

/** What happened, written once and never changed. */
export const eventsOn = (connection: Connection) => {
  const model = connection.model('Event', schema, 'events');

  const appendAll = async (appended: { event: ProjectEvent; recordedAt: Date }[]): Promise<void> => {
    const records = appended.map(({ event: { id, ...rest }, recordedAt }) => ({ _id: id, ...rest, recordedAt }));
    await insertNew<EventRecord>(model, records);
  };

  const ofProjects = async (projects: string[]): Promise<ProjectEvent[]> => {
    const records = await model
      .find({ project: { $in: projects } })
      .sort({ at: 1 })
      .lean<EventRecord[]>();
    return records.map(fromRecord);
  };

  return {
    model,

    /** `recordedAt`: now, by which figures find what is new. */
    append: (event: ProjectEvent, recordedAt: Date): Promise<void> => appendAll([{ event, recordedAt }]),

    /** The same for several in one write. */
    appendAll,

    /** Events of the past, as if each had been written down when it happened. */
    async insertAll(past: ProjectEvent[]): Promise<void> {
      await model.insertMany(past.map(({ id, ...rest }) => ({ _id: id, recordedAt: rest.at, ...rest })));
    },

    /** The projects of which something was written down from `since` on, by batches; one may come several times. */
    async *projectsSince(since: Date, batch: number): AsyncGenerator<string[]> {
      const cursor = model
        .find({ recordedAt: { $gte: since } }, { project: 1 })
        .sort({ recordedAt: 1 })
        .lean<Pick<EventRecord, 'project'>[]>()
        .cursor({ batchSize: batch });
      yield* inBatches(cursor, ({ project }: Pick<EventRecord, 'project'>) => project, batch);
    },

    /** The story of a project, first to last. */
    ofProject: ofProjectTogether(ofProjects),

    ofProjects,

    /** What happened of these kinds to these projects from an instant on, first to last. */
    async since(projects: string[], { from, types }: { from: Date; types: EventType[] }): Promise<ProjectEvent[]> {
      const filter = { project: { $in: projects }, at: { $gte: from }, type: { $in: types } };
      return (await model.find(filter).sort({ at: 1 }).lean<EventRecord[]>()).map(fromRecord);
    },

    /** Where people, not rules, sent these projects, first to last; and where they were declined. */
    async choicesFor(projects: string[]): Promise<Pick<ProjectEvent, 'project' | 'partner' | 'type'>[]> {
      const byManager = { type: 'referred', 'actor.role': 'manager' } as const;
      return model
        .find(
          { project: { $in: projects }, $or: [byManager, { type: 'declined' }] },
          { project: 1, partner: 1, type: 1 },
        )
        .sort({ at: 1 })
        .lean<Pick<ProjectEvent, 'project' | 'partner' | 'type'>[]>();
    },

    async removeOfProjects(projects: string[]): Promise<void> {
      await model.deleteMany({ project: { $in: projects } });
    },
  };
};
