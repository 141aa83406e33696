import { type Connection, Schema } from 'mongoose';
import { secondsOf } from '../domain/privacy/keeps.js';
import { RETENTION } from '../domain/privacy/retention.js';
import { hashOf, newSecret } from './records.js';

/** What an address with a secret opens: a page of a project, a draft to resume, or something of an account. */
export type LinkSubject =
  | { purpose: 'follow-up'; project: string }
  | { purpose: 'resume'; draft: string }
  /** No more digests for this account, no more questions about this project. */
  | { purpose: 'unsubscribe'; account: string }
  | { purpose: 'no-questions'; project: string }
  | { purpose: 'invitation' | 'sign-in' | 'reset'; account: string };
export type LinkPurpose = LinkSubject['purpose'];

/** `subject`: id of the project, of the draft or of the account. Only an `open` link may show it. */
export interface OpenedLink {
  subject: string;
  state: 'open' | 'expired' | 'revoked';
}

interface LinkRecord {
  /** Hash of the secret that the address holds. */
  _id: string;
  purpose: LinkPurpose;
  project?: string;
  draft?: string;
  account?: string;
  createdAt: Date;
  /** Null: open until it is revoked. */
  expiresAt: Date | null;
  revokedAt: Date | null;
}

const DAY_MINUTES = 24 * 60;
/** For how long each opens something, in minutes; null: until it is revoked. */
const LASTS: Record<LinkPurpose, number | null> = {
  'follow-up': null,
  resume: 30 * DAY_MINUTES,
  unsubscribe: 365 * DAY_MINUTES,
  'no-questions': 365 * DAY_MINUTES,
  invitation: 7 * DAY_MINUTES,
  'sign-in': 15,
  reset: 15,
};

const schema = new Schema<LinkRecord>(
  {
    _id: { type: String, required: true },
    purpose: { type: String, required: true },
    project: { type: String, index: true },
    draft: { type: String, index: { sparse: true } },
    account: { type: String, index: { sparse: true } },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, default: null, index: { expires: secondsOf(RETENTION.links.keeps) } },
    revokedAt: { type: Date, default: null },
  },
  { versionKey: false },
);

// Most are never revoked: they are not in this index.
schema.index({ revokedAt: 1 }, { partialFilterExpression: { revokedAt: { $gt: new Date(0) } } });

const expiryOf = ({ purpose }: LinkSubject, at: Date): Date | null => {
  const minutes = LASTS[purpose];
  return minutes === null ? null : new Date(at.getTime() + minutes * 60_000);
};

const stateOf = ({ expiresAt, revokedAt }: LinkRecord, now: Date): OpenedLink['state'] => {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt <= now ? 'expired' : 'open';
};

/** Addresses with a secret in them. The store keeps only the hash of the secret, so a link is made when it is given out. */
export const linksOn = (connection: Connection) => {
  const model = connection.model('Link', schema, 'links');

  const createAll = async (made: { subject: LinkSubject; at: Date }[]): Promise<string[]> => {
    const links = made.map((one) => ({ ...one, secret: newSecret() }));
    await model.insertMany(
      links.map(({ subject, at, secret }) => ({
        _id: hashOf(secret),
        ...subject,
        createdAt: at,
        expiresAt: expiryOf(subject, at),
        revokedAt: null,
      })),
      // As they are: whole, and made here.
      { lean: true },
    );
    return links.map(({ secret }) => secret);
  };

  return {
    model,

    /** A new secret that opens this, for as long as LASTS says. */
    create: async (subject: LinkSubject, at: Date): Promise<string> => (await createAll([{ subject, at }]))[0] ?? '',

    /** The same for several in one write, in their order. */
    createAll,

    /** What this secret opens, or opened; null when there never was such a link, or too long ago. */
    async open(purpose: LinkPurpose, secret: string, now: Date): Promise<OpenedLink | null> {
      const record = await model.findOne({ _id: hashOf(secret), purpose }).lean<LinkRecord>();
      const subject = record?.project ?? record?.draft ?? record?.account;
      return record && subject ? { subject, state: stateOf(record, now) } : null;
    },

    /** Takes a link that serves once: what it opens, or null when it opens nothing, or somebody else was faster. */
    async use(purpose: LinkPurpose, secret: string, now: Date): Promise<string | null> {
      const unused = { _id: hashOf(secret), purpose, revokedAt: null, expiresAt: { $gt: now } };
      const record = await model.findOneAndUpdate(unused, { $set: { revokedAt: now } }).lean<LinkRecord>();
      return record?.project ?? record?.draft ?? record?.account ?? null;
    },

    /** Whatever link let this account in, or change its password, opens nothing any more. */
    async revokeKeysOf(account: string, at: Date): Promise<void> {
      const keys = { $in: ['invitation', 'sign-in', 'reset'] satisfies LinkPurpose[] };
      await model.updateMany({ account, purpose: keys, revokedAt: null }, { $set: { revokedAt: at } });
    },

    /** Every link of this project given out so far opens nothing any more. */
    async revoke(project: string, at: Date): Promise<void> {
      await model.updateMany({ project, revokedAt: null }, { $set: { revokedAt: at } });
    },

    /** The same for the links to its follow-up page given out until `at`, but the one with this secret. */
    async revokeOthers(project: string, secret: string, at: Date): Promise<void> {
      const purpose: LinkPurpose = 'follow-up';
      const others = { project, purpose, revokedAt: null, createdAt: { $lte: at }, _id: { $ne: hashOf(secret) } };
      await model.updateMany(others, { $set: { revokedAt: at } });
    },

    async removeOfProjects(projects: string[]): Promise<void> {
      await model.deleteMany({ project: { $in: projects } });
    },
  };
};
