import type { Model } from 'mongoose';
import type { EmailId } from '../domain/emails/catalogue.js';
import type { Delivery } from '../domain/emails/delivery.js';
import { newId } from './records.js';

type Held = Omit<Delivery, 'id'> & { _id: string; createdAt: Date; owed: boolean; claimedBy?: string | null };

const fromRecord = ({ _id, createdAt: _c, owed: _o, claimedBy: _b, ...rest }: Held): Delivery => ({
  id: _id,
  ...rest,
  toCall: rest.toCall ?? null,
});

/** Nobody looks at it any more: what it kept of a person goes. */
const DONE = { owed: false, lockedUntil: null, lastAddress: null } as const;

const freeAt = (now: Date) => ({ owed: true, $or: [{ lockedUntil: null }, { lockedUntil: { $lte: now } }] });

interface Claim {
  id: string;
  now: Date;
  lockedUntil: Date;
}
interface Sent {
  id: string;
  at: Date;
  messageId: string;
  response: string;
}
type Deliveries = Pick<Model<Held>, 'bulkWrite' | 'find' | 'updateMany' | 'updateOne'>;

/** One guarded write names who takes them, then what this one took is read: two commands for any number. */
const claimAll = async (model: Deliveries, claims: Claim[]): Promise<(Delivery | null)[]> => {
  const claimedBy = newId();
  const now = new Date(Math.max(...claims.map((claim) => claim.now.getTime())));
  const lockedUntil = new Date(Math.max(...claims.map((claim) => claim.lockedUntil.getTime())));
  const ids = [...new Set(claims.map(({ id }) => id))];
  await model.updateMany(
    { _id: { $in: ids }, ...freeAt(now), due: { $lte: now } },
    { $set: { lockedUntil, claimedBy }, $inc: { attempts: 1 } },
  );
  const taken = new Map(
    (await model.find({ _id: { $in: ids }, claimedBy }).lean<Held[]>()).map((one) => [one._id, one]),
  );
  return claims.map(({ id }) => {
    const record = taken.get(id);
    // Asked for twice at once, it is taken once.
    taken.delete(id);
    return record ? fromRecord(record) : null;
  });
};

const markAllSent = async (model: Deliveries, sent: Sent[]): Promise<void> => {
  const writes = sent.map(({ id, at, messageId, response }) => ({
    updateOne: {
      filter: { _id: id },
      update: { $set: { ...DONE, sentAt: at, messageId, response, failedBecause: null } },
    },
  }));
  await model.bulkWrite(writes);
};

/** What one attempt to send reads and writes of deliveries. Part of their repository. */
export const underWayOn = (model: Deliveries) => ({
  /** Takes a delivery for one attempt; null when it is done, not due, or already under way elsewhere. */
  claim: async (id: string, now: Date, lockedUntil: Date): Promise<Delivery | null> =>
    (await claimAll(model, [{ id, now, lockedUntil }]))[0] ?? null,

  /** Takes each for one attempt; null, in its place, for one that is done, not due, or already under way elsewhere. */
  claimAll: (claims: Claim[]): Promise<(Delivery | null)[]> => claimAll(model, claims),

  /** Not now: due again at `until`. The attempt does not count, and the queue is to be told again then. */
  async postpone(id: string, until: Date): Promise<void> {
    const later = { due: until, lockedUntil: null, enqueuedAt: null };
    await model.updateOne({ _id: id, owed: true }, { $set: later, $inc: { attempts: -1 } });
  },

  /** Gives back what is held beyond an instant, which no sending is. */
  async release(id: string, beyond: Date): Promise<void> {
    const held = { _id: id, owed: true, lockedUntil: { $gt: beyond } };
    await model.updateOne(held, { $set: { lockedUntil: null, enqueuedAt: null } });
  },

  markSent: (id: string, how: Omit<Sent, 'id'>): Promise<void> => markAllSent(model, [{ id, ...how }]),
  markAllSent: (sent: Sent[]): Promise<void> => markAllSent(model, sent),

  async markCancelled(id: string, because: string): Promise<void> {
    await model.updateOne({ _id: id }, { $set: { ...DONE, cancelledBecause: because } });
  },

  /**
   * An attempt failed. `final`: no other will follow, it is a dead letter; otherwise the next may start at once. One that was
   * cancelled under way, by an erasure, stays as it is.
   */
  async markFailed(id: string, { because, final, at }: { because: string; final: boolean; at: Date }): Promise<void> {
    const state = final ? { ...DONE, gaveUpAt: at } : { owed: true, lockedUntil: null };
    await model.updateOne({ _id: id, cancelledBecause: null }, { $set: { ...state, failedBecause: because } });
  },

  /** It left, and a mail server said afterwards that it was not delivered, or not yet. */
  async markReturned(id: string, because: string): Promise<void> {
    await model.updateOne({ _id: id }, { $set: { failedBecause: because } });
  },

  /** The queue was told, and holds these until they are done. */
  async markEnqueued(ids: string[], at: Date): Promise<void> {
    await model.updateMany({ _id: { $in: ids }, owed: true, enqueuedAt: null }, { $set: { enqueuedAt: at } });
  },

  /** The e-mails of these kinds about a project, whatever became of them. */
  async ofKinds(project: string, kinds: readonly EmailId[]): Promise<Delivery[]> {
    return (await model.find({ project, email: { $in: [...kinds] } }).lean<Held[]>()).map(fromRecord);
  },

  /** This one leaves for others, from `due` on, and names the events `also`. */
  async lead(id: string, { also, due }: { also: string[]; due: Date }): Promise<void> {
    await model.updateOne({ _id: id, owed: true }, { $set: { also, due } });
  },

  /** These leave no more; one under way elsewhere is left to whoever sends it. */
  async cancelFree(ids: string[], because: string, now: Date): Promise<void> {
    const cancelled = { ...DONE, cancelledBecause: because };
    await model.updateMany({ _id: { $in: ids }, ...freeAt(now) }, { $set: cancelled });
  },

  /** The occasions of this e-mail that are owed about a project, the one planned last first. */
  async owedOccasions(project: string, email: EmailId): Promise<string[]> {
    const found = model.find({ project, email, owed: true }, { _id: 0, occasion: 1 }).sort({ createdAt: -1 });
    return (await found.lean<Pick<Held, 'occasion'>[]>()).map(({ occasion }) => occasion);
  },
});
