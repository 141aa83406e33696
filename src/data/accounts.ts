import { type Connection, Schema } from 'mongoose';
import { DEFAULT_PREFERENCES, type EmailPreferences } from '../domain/emails/preferences.js';
import type { Account, Role } from '../domain/referrals/access.js';
import type { Competences, Teammate } from '../domain/referrals/assignment.js';
import type { MailRefusal } from '../domain/referrals/referral.js';
import { accountAdministration } from './accountAdministration.js';
import { ignoreDuplicate } from './records.js';

interface AccountRecord extends Omit<Account, 'id'> {
  _id: string;
  passwordHash: string;
  active: boolean;
  demo: boolean;
  /** Missing from accounts opened before there were any. */
  competences?: Competences;
  lastGivenAt?: Date | null;
  /** Missing until they are chosen. */
  preferences?: EmailPreferences | null;
  mailRefused?: MailRefusal | null;
  /** Missing where there is none. */
  secondFactor?: SecondFactor | null;
  passwordChangedAt?: Date | null;
  invitedAt?: Date | null;
  closedAt?: Date | null;
  erasedAt?: Date | null;
  /** The partner whose projects are still to be handed over to others. */
  leaving?: string | null;
}

/** The second factor of an account, as it is kept: never given to a screen. */
export interface SecondFactor {
  /** The secret shared with the telephone, sealed. */
  sealed: string;
  setAt: Date;
  /** The latest half minute whose code was used: neither it nor an earlier one is good again. */
  lastStep: number;
  recovery: RecoveryCodes;
}

/** Codes for when the telephone is lost: their hashes with one salt, each until it is used. */
export interface RecoveryCodes {
  salt: string;
  hashes: string[];
}

/** What signing in asks of an account. */
export interface AccountSecurity {
  account: Account;
  passwordHash: string;
  demo: boolean;
  secondFactor: SecondFactor | null;
  passwordChangedAt: Date | null;
}

/** How an account is written to. `mailRefused`: its address no longer receives. */
export interface AccountEmailState {
  preferences: EmailPreferences;
  mailRefused: MailRefusal | null;
}

/** Somebody who may be written to. */
export type Reader = Account & AccountEmailState;

/** Nothing declared: whatever comes. */
const EVERYTHING: Competences = { needs: [], epcis: [] };

const schema = new Schema<AccountRecord>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    partner: { type: String, default: null },
    passwordHash: { type: String, required: true },
    active: { type: Boolean, required: true },
    demo: { type: Boolean, required: true },
    competences: { type: Object, default: () => ({ ...EVERYTHING }) },
    lastGivenAt: { type: Date, default: null },
    preferences: { type: Object, default: null },
    mailRefused: { type: Object, default: null },
    secondFactor: { type: Object, default: null },
    passwordChangedAt: { type: Date, default: null },
    invitedAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
    erasedAt: { type: Date, default: null },
    leaving: { type: String, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ role: 1, partner: 1, _id: 1 });
schema.index({ 'mailRefused.at': 1 }, { sparse: true });

const fromRecord = ({ _id, name, email, role, partner }: AccountRecord): Account => ({
  id: _id,
  name,
  email,
  role,
  partner,
});

const asTeammate = (record: AccountRecord): Teammate => ({
  ...fromRecord(record),
  competences: record.competences ?? EVERYTHING,
  lastGivenAt: record.lastGivenAt ?? null,
});

const emailState = ({ preferences, mailRefused }: AccountRecord): AccountEmailState => ({
  preferences: { ...DEFAULT_PREFERENCES, ...preferences },
  mailRefused: mailRefused ?? null,
});

const asSecurity = (record: AccountRecord): AccountSecurity => ({
  account: fromRecord(record),
  passwordHash: record.passwordHash,
  demo: record.demo,
  secondFactor: record.secondFactor ?? null,
  passwordChangedAt: record.passwordChangedAt ?? null,
});

/** The people who sign in. E-mail addresses are kept in lower case. */
export const accountsOn = (connection: Connection) => {
  const model = connection.model('Account', schema, 'accounts');

  const readersAtAll = async (partners: (string | null)[]): Promise<Reader[][]> => {
    const ofPartners = {
      role: { $in: ['advisor', 'lead'] satisfies Role[] },
      partner: { $in: partners.filter((partner) => partner !== null) },
    };
    const managers = { role: 'manager' as const };
    const wanted = partners.includes(null) ? [managers] : [];
    const others = ofPartners.partner.$in.length > 0 ? [ofPartners] : [];
    const lists = await Promise.all(
      [...wanted, ...others].map((filter) => model.find({ ...filter, active: true }).lean<AccountRecord[]>()),
    );
    const people = lists
      .flat()
      .map((record) => ({ ...fromRecord(record), ...emailState(record) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const isAt = (partner: string | null, reader: Reader): boolean =>
      partner === null ? reader.role === 'manager' : reader.role !== 'manager' && reader.partner === partner;
    return partners.map((partner) => people.filter((reader) => isAt(partner, reader)));
  };

  return {
    model,

    ...accountAdministration(model as never),

    /** False when the address has an account already. */
    async insert(account: Account, secret: { passwordHash: string; demo: boolean }): Promise<boolean> {
      const { id, ...rest } = account;
      return ignoreDuplicate(
        model.create({ _id: id, ...rest, email: rest.email.toLowerCase(), active: true, ...secret }),
      );
    },

    async byId(id: string): Promise<Account | null> {
      const record = await model.findOne({ _id: id, active: true }).lean<AccountRecord>();
      return record && fromRecord(record);
    },

    async byIds(ids: string[]): Promise<Account[]> {
      return (await model.find({ _id: { $in: ids } }).lean<AccountRecord[]>()).map(fromRecord);
    },

    /** For signing in: the account and the hash of its password. */
    async byEmail(email: string): Promise<{ account: Account; passwordHash: string } | null> {
      const record = await model.findOne({ email: email.trim().toLowerCase(), active: true }).lean<AccountRecord>();
      return record && { account: fromRecord(record), passwordHash: record.passwordHash };
    },

    /** Accounts in use, in the order of their ids. */
    async active(filter: { role: Role; partner?: string }): Promise<Account[]> {
      return (
        await model
          .find({ ...filter, active: true })
          .sort({ _id: 1 })
          .lean<AccountRecord[]>()
      ).map(fromRecord);
    },

    /** A partner's advisors and leads in use, or managers (null), with how they are written to, in the order of their ids. */
    readersAt: async (partner: string | null): Promise<Reader[]> => (await readersAtAll([partner]))[0] ?? [],

    /** The same at several, in their order. */
    readersAtAll,

    /** A partner's advisors and leads in use, in the order of their ids. */
    async team(partner: string): Promise<Teammate[]> {
      const filter = { role: { $in: ['advisor', 'lead'] satisfies Role[] }, partner, active: true };
      const team = (await model.find(filter).lean<AccountRecord[]>()).map(asTeammate);
      return team.sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    /** False when nobody of this partner has that id. */
    async setCompetences({ id, partner }: { id: string; partner: string }, competences: Competences): Promise<boolean> {
      return (await model.updateOne({ _id: id, partner, active: true }, { $set: { competences } })).matchedCount === 1;
    },

    /** How each of these accounts is written to; ids that nobody has are left out. */
    async emailStateOf(ids: string[]): Promise<Map<string, AccountEmailState>> {
      const records = await model.find({ _id: { $in: ids } }).lean<AccountRecord[]>();
      return new Map(records.map((record) => [record._id, emailState(record)]));
    },

    /** Accounts in use whose address no longer receives, latest first. */
    async withMailRefused(limit: number): Promise<{ account: Account; refusal: MailRefusal }[]> {
      const filter = { 'mailRefused.at': { $gt: new Date(0) }, active: true };
      const records = await model.find(filter).sort({ 'mailRefused.at': -1 }).limit(limit).lean<AccountRecord[]>();
      return records.flatMap((record) =>
        record.mailRefused ? [{ account: fromRecord(record), refusal: record.mailRefused }] : [],
      );
    },

    /** False when the account is closed. */
    async setEmailPreferences(id: string, preferences: EmailPreferences): Promise<boolean> {
      return (await model.updateOne({ _id: id, active: true }, { $set: { preferences } })).matchedCount === 1;
    },

    /** The address no longer receives; null: it does again. An earlier mark stands. False when nothing changed. */
    async markMailRefused(id: string, refusal: MailRefusal | null): Promise<boolean> {
      const filter = { _id: id, mailRefused: refusal === null ? { $ne: null } : null };
      return (await model.updateOne(filter, { $set: { mailRefused: refusal } })).modifiedCount === 1;
    },

    /** Was given a project: between two who have as many in hand, the next one goes to the other. */
    async markGiven(id: string, at: Date): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { lastGivenAt: at } });
    },

    async setPassword(id: string, passwordHash: string, at: Date): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { passwordHash, passwordChangedAt: at } });
    },

    /** What signing in asks of an account in use. */
    async securityOf(id: string): Promise<AccountSecurity | null> {
      const record = await model.findOne({ _id: id, active: true }).lean<AccountRecord>();
      return record && asSecurity(record);
    },

    /** Sets a second factor up in the place of the one set up at that instant (null: of none); false when there is another by now. */
    async setSecondFactor(id: string, secondFactor: SecondFactor, replaced: Date | null): Promise<boolean> {
      const before = replaced ? { 'secondFactor.setAt': replaced } : { secondFactor: null };
      const filter = { _id: id, active: true, ...before };
      return (await model.updateOne(filter, { $set: { secondFactor } })).modifiedCount === 1;
    },

    /** False when there was none. */
    async removeSecondFactor(id: string): Promise<boolean> {
      const filter = { _id: id, secondFactor: { $ne: null } };
      return (await model.updateOne(filter, { $set: { secondFactor: null } })).modifiedCount === 1;
    },

    /**
     * Uses up the code of this half minute of the second factor that was seen, and keeps its secret as sealed now; false when it,
     * or a later one, was used, or there is another second factor by now.
     */
    async useStep(
      id: string,
      seen: SecondFactor,
      { step, sealed }: { step: number; sealed: string },
    ): Promise<boolean> {
      const same = { _id: id, active: true, 'secondFactor.setAt': seen.setAt };
      const filter = { ...same, 'secondFactor.lastStep': { $lt: step } };
      const change = { 'secondFactor.lastStep': step, 'secondFactor.sealed': sealed };
      return (await model.updateOne(filter, { $set: change })).modifiedCount === 1;
    },

    /** Uses up a recovery code; false when there is none with this hash, or no longer. */
    async useRecoveryCode(id: string, hash: string): Promise<boolean> {
      const filter = { _id: id, active: true, 'secondFactor.recovery.hashes': hash };
      return (await model.updateOne(filter, { $pull: { 'secondFactor.recovery.hashes': hash } })).modifiedCount === 1;
    },

    /** New recovery codes in the place of the earlier ones; false where there is no second factor. */
    async setRecoveryCodes(id: string, recovery: RecoveryCodes): Promise<boolean> {
      const filter = { _id: id, active: true, secondFactor: { $ne: null } };
      return (await model.updateOne(filter, { $set: { 'secondFactor.recovery': recovery } })).modifiedCount === 1;
    },

    async isEmpty(): Promise<boolean> {
      return (await model.exists({})) === null;
    },

    async demoIds(): Promise<string[]> {
      const rows = await model.find({ demo: true }, { _id: 1 }).lean<{ _id: string }[]>();
      return rows.map(({ _id }) => _id);
    },

    /** Takes the demonstration's accounts away. Gives how many went. */
    async removeDemo(): Promise<number> {
      return (await model.deleteMany({ demo: true })).deletedCount;
    },
  };
};
