import { type Connection, Schema } from 'mongoose';
import { secondsOf } from '../domain/privacy/keeps.js';
import { RETENTION } from '../domain/privacy/retention.js';
import type { Draft } from '../domain/questionnaire/draft.js';
import type { Language } from '../domain/territory/language.js';
import { onceTogether } from '../together.js';
import { allOf, hashOf, ignoreDuplicate, newId } from './records.js';

interface DraftRecord extends Omit<Draft, 'id'> {
  _id: string;
  /** Hashes of the secret cookies of those who go on with it: who reads the store cannot take a draft over. */
  visitors: string[];
  /** Hash of the visitor who began it, until it is sent or left: one draft each, even begun in two tabs at once. */
  begunBy?: string;
}

type SavedDraft = Pick<Draft, 'id' | 'answers'>;

const schema = new Schema<DraftRecord>(
  {
    _id: { type: String, required: true },
    visitors: { type: [String], required: true, index: true },
    begunBy: { type: String, index: { unique: true, sparse: true } },
    answers: { type: Object, required: true },
    channel: { type: String, default: null },
    email: { type: String, default: null },
    language: { type: String, required: true },
    lastProject: { type: String, default: null },
    startedAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true, index: { expires: secondsOf(RETENTION.drafts.keeps) } },
  },
  { versionKey: false, minimize: false },
);

schema.index({ lastProject: 1 }, { partialFilterExpression: { lastProject: { $gt: '' } } });

const fromRecord = (record: DraftRecord): Draft => {
  const { _id, visitors: _v, begunBy: _b, ...rest } = record;
  return { id: _id, ...rest, answers: rest.answers ?? {} };
};

const sentAs = (project: string, at: Date) => ({
  $set: { answers: {}, email: null, lastProject: project, updatedAt: at },
  $unset: { begunBy: 1 as const },
});

/** Questionnaires begun, each on one device or several, kept for 30 days after the last answer. */
export const draftsOn = (connection: Connection) => {
  const model = connection.model('Draft', schema, 'drafts');
  // What each page of the questionnaire reads and writes, straight to the driver.
  const records = connection.collection<DraftRecord>('drafts');

  /** What each of these visitors has under way, or sent last: pages under way ask together. */
  const current = onceTogether<string, DraftRecord | null>(async (hashes) => {
    const found = await allOf(records.find({ visitors: { $in: hashes } }));
    const own = new Map<string, DraftRecord[]>();
    for (const record of found) for (const hash of record.visitors) own.set(hash, [...(own.get(hash) ?? []), record]);
    return hashes.map((hash) => {
      const newestFirst = (own.get(hash) ?? []).sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
      return newestFirst.find(({ lastProject }) => lastProject === null) ?? newestFirst[0] ?? null;
    });
  });

  /** Takes the visitor off every draft but this one, and forgets those that nobody can open any more. */
  const leaveOthers = async (hash: string, kept: string | null): Promise<void> => {
    const others = { visitors: hash, _id: { $ne: kept } };
    const left = (await model.find(others, { _id: 1 }).lean<{ _id: string }[]>()).map(({ _id }) => _id);
    // In this order: a crash in between leaves a draft that can be found, and another one can be begun.
    await model.updateMany({ begunBy: hash, _id: { $in: left } }, { $unset: { begunBy: 1 } });
    await model.updateMany({ _id: { $in: left } }, { $pull: { visitors: hash } });
    await model.deleteMany({ _id: { $in: left }, visitors: { $size: 0 }, email: null, lastProject: null });
  };

  const finishAll = async (finished: { id: string; project: string; at: Date }[]): Promise<void> => {
    await records.bulkWrite(
      finished.map(({ id, project, at }) => ({
        updateOne: { filter: { _id: id, lastProject: null }, update: sentAs(project, at) },
      })),
      { ordered: false },
    );
  };

  return {
    model,

    /** What this visitor has under way; otherwise what was sent last; null when there is neither. */
    async read(visitor: string): Promise<Draft | null> {
      const record = await current(hashOf(visitor));
      return record && fromRecord(record);
    },

    /** The projects that this visitor sent, for as long as it is remembered. */
    async sentBy(visitor: string): Promise<string[]> {
      const records = await model.find({ visitors: hashOf(visitor) }, { lastProject: 1 }).lean<DraftRecord[]>();
      return records.flatMap(({ lastProject }) => lastProject ?? []);
    },

    async byId(id: string): Promise<Draft | null> {
      const record = await model.findById(id).lean<DraftRecord>();
      return record && fromRecord(record);
    },

    /**
     * Keeps the answers of these steps and leaves the others, which another tab may have changed. Begins a draft if need
     * be. Gives its id, and all its answers as they are then.
     */
    async save(visitor: string, steps: object, at: Date, { language }: { language: Language }): Promise<SavedDraft> {
      const hash = hashOf(visitor);
      const answers = Object.fromEntries(Object.entries(steps).map(([step, values]) => [`answers.${step}`, values]));
      const change = { $set: { ...answers, language, updatedAt: at } };
      for (;;) {
        const found = await records.findOneAndUpdate({ visitors: hash, lastProject: null }, change, {
          projection: { answers: 1 },
          sort: { updatedAt: -1 },
          returnDocument: 'after',
        });
        if (found) return { id: found._id, answers: found.answers ?? {} };
        const own = { visitors: [hash], begunBy: hash, answers: {}, language, startedAt: at, updatedAt: at };
        // Refused when another tab has just begun one: the next turn finds it.
        await ignoreDuplicate(model.create({ _id: newId(), ...own }));
      }
    },

    /** Remembers by which link this visitor came; the first one counts. */
    async keepChannel(visitor: string, channel: string): Promise<void> {
      const filter = { visitors: hashOf(visitor), lastProject: null, channel: null };
      await model.updateOne(filter, { $set: { channel } });
    },

    /** Keeps the address to which a link is sent, and in which language. False when the draft was sent or is gone. */
    async keepEmail(id: string, ask: { email: string; language: Language }, at: Date): Promise<boolean> {
      const change = { $set: { ...ask, updatedAt: at } };
      return (await model.updateOne({ _id: id, lastProject: null }, change)).matchedCount === 1;
    },

    /** From now on this visitor goes on with that draft, and leaves any other. False when it was sent or is gone. */
    async join(id: string, visitor: string): Promise<boolean> {
      const hash = hashOf(visitor);
      const { matchedCount } = await model.updateOne({ _id: id, lastProject: null }, { $addToSet: { visitors: hash } });
      if (matchedCount === 1) await leaveOthers(hash, id);
      return matchedCount === 1;
    },

    /** Forgets all that this visitor answered, on every device, and what was sent last. */
    async forget(visitor: string): Promise<void> {
      const hash = hashOf(visitor);
      await model.deleteMany({ visitors: hash, lastProject: null });
      await leaveOthers(hash, null);
    },

    /** Empties the draft once its project is stored, and remembers that project, for all who went on with it. */
    finishById: (id: string, project: string, at: Date): Promise<void> => finishAll([{ id, project, at }]),

    /** The same for several in one write. */
    finishAll,

    /** Forgets the trace of what was sent as this project. */
    async removeOfProject(project: string): Promise<void> {
      await model.deleteMany({ lastProject: project });
    },
  };
};
