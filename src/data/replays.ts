import { type Connection, type QueryFilter, Schema } from 'mongoose';
import type { ReplayReport } from '../domain/routing/replay.js';
import type { Ruleset } from '../domain/routing/rule.js';

export type ReplayState = 'waiting' | 'running' | 'stopped' | 'done' | 'failed';

/** One replay of past projects, asked for by a manager and done by the worker. */
export interface Replay {
  id: string;
  /** Number of the version that decided when it was asked for. */
  before: number;
  /** The draft as it was then: it may change meanwhile. */
  after: Ruleset;
  draft: { id: string; revision: number };
  /** Projects submitted from `from` on and before `to`. */
  from: Date;
  to: Date;
  state: ReplayState;
  total: number;
  done: number;
  /** What the projects done so far give; null before the first. */
  report: ReplayReport | null;
  /** How many projects would go elsewhere; they are in `replaymoves`. */
  moved: number;
  /** Grows by one each time that a worker begins it, from the first project. */
  attempt: number;
  /** Until then a worker answers for it; afterwards another may take it. */
  lockedUntil: Date | null;
  failedBecause: string | null;
  by: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

interface ReplayRecord extends Omit<Replay, 'id'> {
  _id: string;
}

const schema = new Schema<ReplayRecord>(
  {
    _id: { type: String, required: true },
    before: { type: Number, required: true },
    after: { type: Object, required: true },
    draft: { type: Object, required: true },
    from: { type: Date, required: true },
    to: { type: Date, required: true },
    state: { type: String, required: true },
    total: { type: Number, default: 0 },
    done: { type: Number, default: 0 },
    report: { type: Object, default: null },
    moved: { type: Number, default: 0 },
    attempt: { type: Number, default: 0 },
    lockedUntil: { type: Date, default: null },
    failedBecause: { type: String, default: null },
    by: { type: String, required: true },
    createdAt: { type: Date, required: true },
    startedAt: { type: Date, default: null },
    finishedAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ createdAt: -1 });
schema.index({ state: 1, lockedUntil: 1 });

const fromRecord = ({ _id, ...rest }: ReplayRecord): Replay => ({ id: _id, ...rest });

/** What a worker holds: its run is over as soon as the attempt, or the state, is no longer this one. */
export interface Hold {
  id: string;
  attempt: number;
}
type Progress = Pick<Replay, 'done' | 'report' | 'moved'>;

/** Replays of the rules on past projects. */
export const replaysOn = (connection: Connection) => {
  const model = connection.model('Replay', schema, 'replays');
  const held = ({ id, attempt }: Hold) => ({ _id: id, attempt, state: 'running' as const });
  const isFree = (now: Date): QueryFilter<ReplayRecord>[] => [
    { state: 'waiting' },
    { state: 'running', lockedUntil: { $lt: now } },
  ];

  return {
    model,

    async insert({ id, ...rest }: Replay): Promise<void> {
      await model.create({ _id: id, ...rest });
    },

    async byId(id: string): Promise<Replay | null> {
      const record = await model.findById(id).lean<ReplayRecord>();
      return record && fromRecord(record);
    },

    /** The latest replays, without their rules. */
    async latest(limit: number): Promise<Omit<Replay, 'after'>[]> {
      const records = await model.find({}, { after: 0 }).sort({ createdAt: -1 }).limit(limit).lean<ReplayRecord[]>();
      return records.map(fromRecord);
    },

    /** Takes a replay that waits, or that a dead worker has left. Null when there is nothing to do. */
    async claim(id: string, now: Date, lockedUntil: Date): Promise<Replay | null> {
      const change = { state: 'running', startedAt: now, lockedUntil, done: 0, moved: 0, report: null };
      const record = await model
        .findOneAndUpdate(
          { _id: id, $or: isFree(now) },
          { $set: change, $inc: { attempt: 1 } },
          { returnDocument: 'after' },
        )
        .lean<ReplayRecord>();
      return record && fromRecord(record);
    },

    /** False when the replay was stopped, or taken by another worker. */
    async progress(hold: Hold, change: Partial<Progress> & { total?: number }, lockedUntil: Date): Promise<boolean> {
      return (await model.updateOne(held(hold), { $set: { ...change, lockedUntil } })).matchedCount === 1;
    },

    /** False when the replay was stopped, or taken by another worker. */
    async finish(hold: Hold, change: Progress, at: Date): Promise<boolean> {
      const end = { ...change, state: 'done', finishedAt: at, lockedUntil: null };
      return (await model.updateOne(held(hold), { $set: end })).matchedCount === 1;
    },

    /** Gives it back, for another worker to begin again. */
    async release(hold: Hold): Promise<void> {
      await model.updateOne(held(hold), { $set: { state: 'waiting', lockedUntil: null } });
    },

    async fail(hold: Hold, because: string, at: Date): Promise<void> {
      const end = { state: 'failed', failedBecause: because, finishedAt: at, lockedUntil: null };
      await model.updateOne(held(hold), { $set: end });
    },

    /** False when it was over already. */
    async stop(id: string, at: Date): Promise<boolean> {
      const underWay: QueryFilter<ReplayRecord> = { _id: id, state: { $in: ['waiting', 'running'] } };
      const end = { state: 'stopped', finishedAt: at, lockedUntil: null };
      return (await model.updateOne(underWay, { $set: end })).matchedCount === 1;
    },

    /** Ids of those that no worker answers for. */
    async free(now: Date): Promise<string[]> {
      const rows = await model.find({ $or: isFree(now) }, { _id: 1 }).lean<{ _id: string }[]>();
      return rows.map(({ _id }) => _id);
    },
  };
};
