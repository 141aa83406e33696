import { type Connection, Schema } from 'mongoose';
import { secondsOf } from '../domain/privacy/keeps.js';
import { RETENTION } from '../domain/privacy/retention.js';
import { hashOf, ignoreDuplicate } from './records.js';

/** What became of a message that came in; null while that is not known yet. */
export type InboundOutcome =
  | 'message'
  | 'note'
  | 'address refused'
  | 'not delivered yet'
  | 'automatic'
  | 'unmatched'
  | null;

/** A message that a person has to read, since nothing says what to do with it. Personal data: gone after a time (RETENTION.received). */
export interface UnmatchedMessage {
  id: string;
  receivedAt: Date;
  /** Who wrote, as an address. */
  from: string;
  subject: string;
  /** Its first characters, without what it quotes. */
  text: string;
  /** Why nobody got it, in words. */
  why: string;
  /** Id of the project that it is about; null when unknown. */
  project: string | null;
}

interface InboxRecord extends Partial<Omit<UnmatchedMessage, 'id' | 'receivedAt'>> {
  /** Hash of the Message-ID: what comes twice is one message. */
  _id: string;
  receivedAt: Date;
  outcome: InboundOutcome;
  /** When somebody has dealt with it; null: still to read, if it is unmatched. */
  settledAt: Date | null;
}

const schema = new Schema<InboxRecord>(
  {
    _id: { type: String, required: true },
    receivedAt: { type: Date, required: true, index: { expires: secondsOf(RETENTION.received.keeps) } },
    outcome: { type: String, default: null },
    settledAt: { type: Date, default: null },
    from: { type: String },
    subject: { type: String },
    text: { type: String },
    why: { type: String },
    project: { type: String, index: { sparse: true } },
  },
  { versionKey: false },
);
schema.index({ outcome: 1, settledAt: 1, receivedAt: -1 });

const asUnmatched = ({ _id, receivedAt, from, subject, text, why, project }: InboxRecord): UnmatchedMessage => ({
  id: _id,
  receivedAt,
  from: from ?? '',
  subject: subject ?? '',
  text: text ?? '',
  why: why ?? '',
  project: project ?? null,
});

/** What mail servers hand us: a line for each message, with its words only when a person has to read them. */
export const inboxOn = (connection: Connection) => {
  const model = connection.model('Inbox', schema, 'inbox');

  return {
    model,

    /**
     * Notes that this message came in. Gives its id, and what became of it: null when it is new, or when a crash cut it short.
     */
    async receive(messageId: string, at: Date): Promise<{ id: string; outcome: InboundOutcome }> {
      const id = hashOf(messageId);
      if (await ignoreDuplicate(model.create({ _id: id, receivedAt: at }))) return { id, outcome: null };
      const record = await model.findById(id, { outcome: 1 }).lean<InboxRecord>();
      return { id, outcome: record?.outcome ?? null };
    },

    async finish(id: string, outcome: Exclude<InboundOutcome, 'unmatched' | null>): Promise<void> {
      await model.updateOne({ _id: id, outcome: null }, { $set: { outcome } });
    },

    /** Leaves it to a person. */
    async leave(id: string, left: Omit<UnmatchedMessage, 'id' | 'receivedAt'>): Promise<void> {
      await model.updateOne({ _id: id, outcome: null }, { $set: { ...left, outcome: 'unmatched' } });
    },

    /** What nobody has dealt with yet, newest first. */
    async unmatched(limit: number): Promise<UnmatchedMessage[]> {
      const records = await model
        .find({ outcome: 'unmatched', settledAt: null })
        .sort({ receivedAt: -1 })
        .limit(limit)
        .lean<InboxRecord[]>();
      return records.map(asUnmatched);
    },

    async countUnmatched(): Promise<number> {
      return model.countDocuments({ outcome: 'unmatched', settledAt: null });
    },

    /** Somebody has dealt with it: its words go. False when that was done before. */
    async settle(id: string, at: Date): Promise<boolean> {
      const gone = { from: '', subject: '', text: '' };
      const { matchedCount } = await model.updateOne(
        { _id: id, outcome: 'unmatched', settledAt: null },
        { $set: { ...gone, settledAt: at } },
      );
      return matchedCount === 1;
    },

    /** Forgets what was written about these projects, but not that it came. */
    async removeOfProjects(projects: string[]): Promise<void> {
      await model.updateMany(
        { project: { $in: projects }, outcome: 'unmatched' },
        {
          $set: { from: '', subject: '', text: '' },
        },
      );
    },
  };
};
