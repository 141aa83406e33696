import { type Connection, Schema } from 'mongoose';
import type { DataClass } from '../domain/privacy/retention.js';

/** What one night's purge took of one class: the proof that it was erased. Names nobody. */
export interface PurgeProof {
  class: DataClass;
  /** When it was last added to. */
  at: Date;
  /** All that began before this instant is gone. */
  until: Date;
  count: number;
}
interface PurgeRecord extends PurgeProof {
  _id: string;
}

const schema = new Schema<PurgeRecord>(
  {
    _id: { type: String, required: true },
    class: { type: String, required: true },
    at: { type: Date, required: true },
    until: { type: Date, required: true },
    count: { type: Number, required: true },
  },
  { versionKey: false },
);
schema.index({ at: -1, _id: 1 });

/** What was purged: a line for each class and day of which there was something. */
export const purgesOn = (connection: Connection) => {
  const model = connection.model('Purge', schema, 'purges');

  return {
    model,

    /** Adds to the line of the day, whichever worker it comes from. */
    async add(day: string, { class: name, at, until, count }: PurgeProof): Promise<void> {
      const change = { $set: { class: name, at }, $max: { until }, $inc: { count } };
      await model.updateOne({ _id: `${day}:${name}` }, change, { upsert: true });
    },

    /** Latest first. */
    async latest(limit: number): Promise<PurgeProof[]> {
      const records = await model.find().sort({ at: -1, _id: 1 }).limit(limit).lean<PurgeRecord[]>();
      return records.map(({ _id, ...proof }) => proof);
    },
  };
};
