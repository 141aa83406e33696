import { type Connection, type QueryFilter, Schema } from 'mongoose';
import { secondsOf } from '../domain/privacy/keeps.js';
import { RETENTION } from '../domain/privacy/retention.js';
import type { ExportId } from '../domain/statistics/exports.js';
import type { Filters } from '../domain/statistics/filters.js';
import type { Period } from '../domain/statistics/period.js';
import type { Format } from '../domain/statistics/sheets.js';

export type ExportState = 'waiting' | 'running' | 'done' | 'failed';

/** A file that somebody asked for, made by the worker; its bytes are in `exportchunks`. */
export interface Export {
  id: string;
  /** Account that asked for it, and alone may have it. */
  by: string;
  what: ExportId;
  format: Format;
  period: Period;
  filters: Filters;
  state: ExportState;
  /** Rows, so far and in all; 0 in all while nobody has counted. */
  done: number;
  total: number;
  /** Of the file: its name, bytes and pieces. */
  file: string;
  size: number;
  chunks: number;
  /** Grows by one each time that a worker begins it, from the first row. */
  attempt: number;
  /** Until then a worker answers for it; afterwards another may take it. */
  lockedUntil: Date | null;
  failedBecause: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  /** When its bytes go; null until it is done. */
  expiresAt: Date | null;
}
interface ExportRecord extends Omit<Export, 'id'> {
  _id: string;
}

const schema = new Schema<ExportRecord>(
  {
    _id: { type: String, required: true },
    by: { type: String, required: true },
    what: { type: String, required: true },
    format: { type: String, required: true },
    period: { type: Object, required: true },
    filters: { type: Object, required: true },
    state: { type: String, required: true },
    done: { type: Number, required: true },
    total: { type: Number, required: true },
    file: { type: String, required: true },
    size: { type: Number, required: true },
    chunks: { type: Number, required: true },
    attempt: { type: Number, required: true },
    lockedUntil: { type: Date, default: null },
    failedBecause: { type: String, default: null },
    createdAt: { type: Date, required: true, index: { expires: secondsOf(RETENTION.exports.keeps) } },
    finishedAt: { type: Date, default: null },
    expiresAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ by: 1, createdAt: -1 });
schema.index({ state: 1, lockedUntil: 1 });

const fromRecord = ({ _id, ...rest }: ExportRecord): Export => ({ id: _id, ...rest });

/** What a worker holds: its run is over as soon as the attempt, or the state, is no longer this one. */
export type ExportHold = Pick<Export, 'id' | 'attempt'>;

/** Files that people have asked for. */
export const exportsOn = (connection: Connection) => {
  const model = connection.model('Export', schema, 'exports');
  const held = ({ id, attempt }: ExportHold) => ({ _id: id, attempt, state: 'running' as const });
  const isFree = (now: Date): QueryFilter<ExportRecord>[] => [
    { state: 'waiting' },
    { state: 'running', lockedUntil: { $lt: now } },
  ];

  return {
    model,

    async insert({ id, ...rest }: Export): Promise<void> {
      await model.create({ _id: id, ...rest });
    },

    async byId(id: string): Promise<Export | null> {
      const record = await model.findById(id).lean<ExportRecord>();
      return record && fromRecord(record);
    },

    /** Those of an account, latest first. */
    async of(account: string, limit: number): Promise<Export[]> {
      const records = await model.find({ by: account }).sort({ createdAt: -1 }).limit(limit).lean<ExportRecord[]>();
      return records.map(fromRecord);
    },

    async countUnderWay(account: string): Promise<number> {
      return model.countDocuments({ by: account, state: { $in: ['waiting', 'running'] } });
    },

    /** Takes one that waits, or that a dead worker has left. Null when there is nothing to do. */
    async claim(id: string, now: Date, lockedUntil: Date): Promise<Export | null> {
      const change = { state: 'running', lockedUntil, done: 0, total: 0 };
      const record = await model
        .findOneAndUpdate(
          { _id: id, $or: isFree(now) },
          { $set: change, $inc: { attempt: 1 } },
          { returnDocument: 'after' },
        )
        .lean<ExportRecord>();
      return record && fromRecord(record);
    },

    /** False when it was taken away, or taken by another worker. */
    async progress(
      hold: ExportHold,
      change: Partial<Pick<Export, 'done' | 'total'>>,
      lockedUntil: Date,
    ): Promise<boolean> {
      return (await model.updateOne(held(hold), { $set: { ...change, lockedUntil } })).matchedCount === 1;
    },

    /** False when it was taken away, or taken by another worker. */
    async finish(
      hold: ExportHold,
      file: Pick<Export, 'done' | 'total' | 'size' | 'chunks' | 'finishedAt' | 'expiresAt'>,
    ): Promise<boolean> {
      const end = { ...file, state: 'done', lockedUntil: null };
      return (await model.updateOne(held(hold), { $set: end })).matchedCount === 1;
    },

    /** Gives it back, for another worker to begin again. */
    async release(hold: ExportHold): Promise<void> {
      await model.updateOne(held(hold), { $set: { state: 'waiting', lockedUntil: null } });
    },

    async fail(hold: ExportHold, because: string, at: Date): Promise<void> {
      const end = { state: 'failed', failedBecause: because, finishedAt: at, lockedUntil: null };
      await model.updateOne(held(hold), { $set: end });
    },

    /** False when it is not this account's, or gone already. */
    async remove(id: string, account: string): Promise<boolean> {
      return (await model.deleteOne({ _id: id, by: account })).deletedCount === 1;
    },

    /** Those that these accounts asked for; their bytes go by themselves. */
    async removeMadeBy(accounts: string[]): Promise<void> {
      await model.deleteMany({ by: { $in: accounts } });
    },

    /** Ids of those that no worker answers for. */
    async free(now: Date): Promise<string[]> {
      const rows = await model.find({ $or: isFree(now) }, { _id: 1 }).lean<{ _id: string }[]>();
      return rows.map(({ _id }) => _id);
    },
  };
};
