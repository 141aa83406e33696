import { type Connection, Schema } from 'mongoose';
import { secondsOf } from '../domain/privacy/keeps.js';
import { RETENTION } from '../domain/privacy/retention.js';
import type { CounterChannel } from '../domain/questionnaire/channel.js';
import type { ConsentWay } from '../domain/referrals/referral.js';
import { newId } from './records.js';

/** A project that staff are entering for somebody, or the trace of one that was sent. */
export interface CounterDraft {
  id: string;
  /** Who enters it: nobody else sees it. */
  account: string;
  channel: CounterChannel;
  /** Step by step; empty once it was sent. Personal data. */
  answers: object;
  /** How and when the person agreed; null until asked. */
  consent: { how: ConsentWay; at: Date } | null;
  startedAt: Date;
  updatedAt: Date;
  /** The project that it became; null while it is under way. */
  project: string | null;
}

interface CounterDraftRecord extends Omit<CounterDraft, 'id'> {
  _id: string;
}

const schema = new Schema<CounterDraftRecord>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    channel: { type: String, required: true },
    answers: { type: Object, required: true },
    consent: { type: Object, default: null },
    startedAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true, index: { expires: secondsOf(RETENTION.counterDrafts.keeps) } },
    project: { type: String, default: null, index: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ account: 1, project: 1, updatedAt: -1, _id: 1 });

const fromRecord = ({ _id, ...rest }: CounterDraftRecord): CounterDraft => ({
  id: _id,
  ...rest,
  answers: rest.answers ?? {},
});

/** Projects being entered at the counter or on the telephone, kept for 30 days after the last answer. */
export const counterDraftsOn = (connection: Connection) => {
  const model = connection.model('CounterDraft', schema, 'counterDrafts');

  return {
    model,

    /** Begins one; gives its id. */
    async start(account: string, channel: CounterChannel, at: Date): Promise<string> {
      const id = newId();
      await model.create({ _id: id, account, channel, answers: {}, startedAt: at, updatedAt: at });
      return id;
    },

    /** What this account has under way, the latest first. */
    async underWay(account: string, limit: number): Promise<CounterDraft[]> {
      const own = { account, project: null };
      const records = await model.find(own).sort({ updatedAt: -1, _id: 1 }).limit(limit).lean<CounterDraftRecord[]>();
      return records.map(fromRecord);
    },

    /** Null for another account's. */
    async read(id: string, account: string): Promise<CounterDraft | null> {
      const record = await model.findOne({ _id: id, account }).lean<CounterDraftRecord>();
      return record && fromRecord(record);
    },

    /** Keeps the answers of these steps beside those of the others. False when it was sent, or given up. */
    async save(
      { id, account }: Pick<CounterDraft, 'id' | 'account'>,
      steps: object,
      rest: Partial<Pick<CounterDraft, 'channel' | 'consent'>>,
      at: Date,
    ): Promise<boolean> {
      const answers = Object.fromEntries(Object.entries(steps).map(([step, values]) => [`answers.${step}`, values]));
      const change = { $set: { ...answers, ...rest, updatedAt: at } };
      return (await model.updateOne({ _id: id, account, project: null }, change)).matchedCount === 1;
    },

    async abandon(id: string, account: string): Promise<void> {
      await model.deleteOne({ _id: id, account, project: null });
    },

    /** Empties it once its project is stored. Does nothing for the draft of a holder, or when it was done before. */
    async finish(id: string, project: string, at: Date): Promise<void> {
      const sent = { answers: {}, consent: null, project, updatedAt: at };
      await model.updateOne({ _id: id, project: null }, { $set: sent });
    },

    /** Forgets the trace of what was sent as this project. */
    async removeOfProject(project: string): Promise<void> {
      await model.deleteMany({ project });
    },
  };
};
