import { type Connection, Schema } from 'mongoose';
import { sessionEnd } from '../domain/accounts/sessionLimits.js';
import { byIdTogether } from './askTogether.js';
import { hashOf, ignoreDuplicate } from './records.js';

/** What a session holds, as far as the store looks into it. */
export interface SessionContent {
  account?: string;
  pending?: { account: string };
  listId?: string;
  how?: string;
  device?: string;
  startedAt?: Date;
}

interface SessionRecord {
  /** Hash of the id that the browser's cookie holds: who reads the store can take over no session. */
  _id: string;
  /** Who is signed in, or has still to give a second factor; null: nobody. */
  account: string | null;
  /** Names it on the list of somebody's sessions; null until signed in. */
  listId: string | null;
  content: SessionContent | null;
  startedAt: Date;
  seenAt: Date;
  expiresAt: Date;
  /** Ended before its time. The record stays until then, so that a request under way cannot bring it back. */
  endedAt: Date | null;
}

/** One line of the list of one's sessions. */
export interface OwnSession {
  listId: string;
  device: string;
  how: string;
  startedAt: Date;
  /** To within SEEN_EVERY_MINUTES. */
  seenAt: Date;
}

type Which = { _id: string } | { account: string; listId?: string | { $ne: string } };

/** A page that is only read writes at most so often that its session was used. */
const SEEN_EVERY_MINUTES = 5;

const schema = new Schema<SessionRecord>(
  {
    _id: { type: String, required: true },
    account: { type: String, default: null, index: true },
    listId: { type: String, default: null },
    content: { type: Object, default: null },
    startedAt: { type: Date, required: true, index: true },
    seenAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true, index: { expires: 0 } },
    endedAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);

const asOwn = ({ listId, content, startedAt, seenAt }: SessionRecord): OwnSession => ({
  listId: listId ?? '',
  device: content?.device ?? '',
  how: content?.how ?? '',
  startedAt,
  seenAt,
});

/** Where staff is signed in. Ids of sessions come in as the browser has them, and are kept hashed. */
export const sessionsOn = (connection: Connection) => {
  const model = connection.model('Session', schema, 'sessions');

  const alive = (now: Date) => ({ endedAt: null, expiresAt: { $gt: now } });

  const end = async (which: Which, at: Date): Promise<number> => {
    const ended = await model.updateMany({ ...which, endedAt: null }, { $set: { endedAt: at, content: null } });
    return ended.modifiedCount;
  };

  const notEnded = byIdTogether<SessionRecord>(model, { which: { endedAt: null } });

  return {
    model,

    /** What the session of this id holds; null when it is over, or never was. */
    async read(id: string, now: Date): Promise<{ content: SessionContent; seenAt: Date } | null> {
      const record = await notEnded(hashOf(id));
      return record?.content && record.expiresAt > now ? { content: record.content, seenAt: record.seenAt } : null;
    },

    /** Keeps what a session holds. One that was ended stays so. */
    async keep(id: string, content: SessionContent, now: Date): Promise<void> {
      const _id = hashOf(id);
      const startedAt = content.startedAt ?? now;
      const fields = {
        content,
        account: content.account ?? content.pending?.account ?? null,
        listId: content.listId ?? null,
        startedAt,
        seenAt: now,
        expiresAt: sessionEnd({ startedAt, seenAt: now }),
      };
      const { matchedCount } = await model.updateOne({ _id, endedAt: null }, { $set: fields });
      if (matchedCount === 0) await ignoreDuplicate(model.create({ _id, ...fields }));
    },

    /** It was used: puts its end off, up to the absolute limit. */
    async touch(id: string, { seenAt, startedAt }: { seenAt: Date; startedAt: Date }, now: Date): Promise<void> {
      if (now.getTime() - seenAt.getTime() < SEEN_EVERY_MINUTES * 60_000) return;
      const change = { seenAt: now, expiresAt: sessionEnd({ startedAt, seenAt: now }) };
      await model.updateOne({ _id: hashOf(id), endedAt: null }, { $set: change });
    },

    async end(id: string, at: Date): Promise<void> {
      await end({ _id: hashOf(id) }, at);
    },

    /** Where this account is signed in, latest used first. */
    async ofAccount(account: string, now: Date): Promise<OwnSession[]> {
      const records = await model.find({ account, listId: { $ne: null }, ...alive(now) }).lean<SessionRecord[]>();
      return records.map(asOwn).sort((a, b) => b.seenAt.getTime() - a.seenAt.getTime());
    },

    /** Ends one of the account's own. False when it was over, or is somebody else's. */
    endOne: async (account: string, listId: string, at: Date): Promise<boolean> =>
      (await end({ account, listId }, at)) === 1,

    /** Ends all but this one, sign-ins under way too. Gives how many. */
    endOthers: (account: string, listId: string, at: Date): Promise<number> =>
      end({ account, listId: { $ne: listId } }, at),

    /** Signs an account out everywhere, sign-ins under way too. */
    endAll: (account: string, at: Date): Promise<number> => end({ account }, at),

    async removeOf(accounts: string[]): Promise<void> {
      await model.deleteMany({ account: { $in: accounts } });
    },
  };
};
