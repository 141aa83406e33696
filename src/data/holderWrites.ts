import type { Model } from 'mongoose';
import type { Contact } from '../domain/questionnaire/submission.js';
import type { HolderMessage, ProjectEvent, ProjectState } from '../domain/referrals/referral.js';
import { hashOf } from './records.js';

/**
 * What the store keeps to find the projects of an address, null once it is erased. An address differs neither by capitals nor
 * by spaces around.
 */
export const contactKeyOf = ({ email }: Pick<Contact, 'email'>): string | null =>
  email ? hashOf(email.trim().toLowerCase()) : null;

/** What finds the projects of a person: by address, and by telephone number, which is kept in one form. */
export const contactKeysOf = (contact: Pick<Contact, 'email' | 'phone'>) => ({
  contactKey: contactKeyOf(contact),
  phoneKey: contact.phone ? hashOf(contact.phone) : null,
});

/** Above the rank of any change of a referral: what the holder ends, nothing later reopens. */
const LAST_RANK = Number.MAX_SAFE_INTEGER;

interface Held {
  _id: string;
  draft: string;
  lastAddress: string | null;
}

/** Where the project must stand for the holder's act to be written. */
export interface HolderGuard {
  states?: readonly ProjectState[];
  fewerMessagesThan?: number;
  notWithdrawn?: boolean;
  /** This is still the address, and nothing says yet that it does not receive. */
  receivesAt?: string;
}

export interface HolderWrite {
  event: ProjectEvent;
  message?: HolderMessage;
  /** Fields of the project that change, by path. */
  change?: { contact?: Contact } & Record<string, unknown>;
  /** The state in which the project stays from now on, whatever its referral becomes. */
  lastState?: ProjectState;
  /** Where one last e-mail goes, once the contact itself is erased. */
  lastAddress?: string;
}

const filterOf = (
  id: string,
  { states, fewerMessagesThan, notWithdrawn, receivesAt }: HolderGuard,
): Record<string, unknown> => ({
  _id: id,
  erasedAt: null,
  ...(states && { state: { $in: states } }),
  ...(notWithdrawn && { withdrawnAt: null }),
  ...(receivesAt !== undefined && { contactKey: contactKeyOf({ email: receivesAt }), mailRefused: null }),
  // No such place in the list: it is shorter.
  ...(fewerMessagesThan && { [`messages.${fewerMessagesThan - 1}`]: { $exists: false } }),
});

/**
 * What a holder does to the own project: each act is one guarded write, with its event in the outbox. Part of the
 * repository of projects.
 */
export const holderWrites = (model: Pick<Model<Held>, 'findOneAndUpdate' | 'findById' | 'updateOne'>) => ({
  /** False when the project does not stand as the guard says, or was erased. */
  async writeForHolder(
    id: string,
    guard: HolderGuard,
    { event, message, change, lastState, lastAddress }: HolderWrite,
  ): Promise<boolean> {
    const set = {
      ...change,
      ...(change?.contact && contactKeysOf(change.contact)),
      ...(lastState && { state: lastState, stateRank: LAST_RANK }),
      ...(lastAddress && { lastAddress }),
    };
    const update = {
      ...(Object.keys(set).length > 0 && { $set: set }),
      $push: { outbox: event, ...(message && { messages: message }) },
    };
    const record = await model.findOneAndUpdate(filterOf(id, guard), update).lean();
    return record !== null;
  },

  /** No more questions about this project. Said twice, the first time stands. */
  async refuseQuestions(id: string, at: Date): Promise<void> {
    await model.updateOne({ _id: id, erasedAt: null, questionsRefusedAt: null }, { $set: { questionsRefusedAt: at } });
  },

  /** Kept from erasure until the last e-mail is owed, so that a crash in between does not lose it. */
  async lastAddressOf(id: string): Promise<string | null> {
    const record = await model.findById(id, { lastAddress: 1 }).lean<Partial<Held>>();
    return record?.lastAddress ?? null;
  },

  async forgetLastAddress(id: string): Promise<void> {
    await model.updateOne({ _id: id }, { $set: { lastAddress: null } });
  },
});
