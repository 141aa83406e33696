import { type Connection, Schema } from 'mongoose';
import { hashOf, newId } from './records.js';

interface DraftRecord {
  /** Hash of the visitor's secret cookie: who reads the store cannot take a draft over. */
  _id: string;
  draft: string;
  answers: object;
  /** What this visitor sent last, so that sending twice shows it again. */
  lastProject: string | null;
  updatedAt: Date;
}

const DAY_SECONDS = 24 * 3600;
const KEPT_DAYS = 30;

const schema = new Schema<DraftRecord>(
  {
    _id: { type: String, required: true },
    draft: { type: String, required: true },
    answers: { type: Object, required: true },
    lastProject: { type: String, default: null },
    updatedAt: { type: Date, required: true, index: { expires: KEPT_DAYS * DAY_SECONDS } },
  },
  { versionKey: false, minimize: false },
);

/** Questionnaires begun and not sent, kept for 30 days after the last answer. */
export const draftsOn = (connection: Connection) => {
  const model = connection.model('Draft', schema, 'drafts');

  return {
    model,

    async read(visitor: string): Promise<Pick<DraftRecord, 'draft' | 'answers' | 'lastProject' | 'updatedAt'> | null> {
      const record = await model.findById(hashOf(visitor)).lean<DraftRecord>();
      return record && { ...record, answers: record.answers ?? {} };
    },

    /** Keeps the answers of these steps and leaves the others, which another tab may have changed. Begins a draft if need be. */
    async save(visitor: string, steps: object, at: Date): Promise<void> {
      const answers = Object.fromEntries(Object.entries(steps).map(([step, values]) => [`answers.${step}`, values]));
      const change = { $set: { ...answers, updatedAt: at }, $setOnInsert: { draft: newId(), lastProject: null } };
      await model.updateOne({ _id: hashOf(visitor) }, change, { upsert: true });
    },

    /** Forgets all of a visitor's answers, and what was sent last. */
    async forget(visitor: string): Promise<void> {
      await model.deleteOne({ _id: hashOf(visitor) });
    },

    /** Empties the draft once its project is stored, and remembers that project. */
    async finish(visitor: string, project: string, at: Date): Promise<void> {
      const change = { $set: { draft: newId(), answers: {}, lastProject: project, updatedAt: at } };
      await model.updateOne({ _id: hashOf(visitor) }, change);
    },
  };
};
