import type { Connection } from 'mongoose';
import { DEFAULT_PREFERENCES, type EmailPreferences } from '../domain/emails/preferences.js';
import type { Account, Role } from '../domain/referrals/access.js';
import type { Competences, Teammate } from '../domain/referrals/assignment.js';
import type { MailRefusal } from '../domain/referrals/referral.js';
import { onceTogether } from '../together.js';
import { accountAdministration } from './accountAdministration.js';
import { type AccountRecord, accountSchema, EVERYTHING, fromRecord, teamAt } from './accountRecord.js';
import { accountSecurity } from './accountSecurity.js';
import { listsTogether } from './askTogether.js';
import { ignoreDuplicate } from './records.js';

/** How an account is written to. `mailRefused`: its address no longer receives. */
export interface AccountEmailState {
  preferences: EmailPreferences;
  mailRefused: MailRefusal | null;
}

/** Somebody who may be written to. */
export type Reader = Account & AccountEmailState;

const asTeammate = (record: AccountRecord): Teammate => ({
  ...fromRecord(record),
  competences: record.competences ?? EVERYTHING,
  lastGivenAt: record.lastGivenAt ?? null,
});

const emailState = ({ preferences, mailRefused }: AccountRecord): AccountEmailState => ({
  preferences: { ...DEFAULT_PREFERENCES, ...preferences },
  mailRefused: mailRefused ?? null,
});

/** The people who sign in. E-mail addresses are kept in lower case. */
export const accountsOn = (connection: Connection) => {
  const model = connection.model('Account', accountSchema, 'accounts');

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

    ...accountAdministration(model),
    ...accountSecurity(model),

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

    /** Accounts in use and closed ones; ids that nobody has are left out. */
    byIds: listsTogether(
      async (ids): Promise<Account[]> =>
        (await model.find({ _id: { $in: ids } }).lean<AccountRecord[]>()).map(fromRecord),
    ),

    /** For signing in: the account and the hash of its password. */
    async byEmail(email: string): Promise<{ account: Account; passwordHash: string } | null> {
      const record = await model.findOne({ email: email.trim().toLowerCase(), active: true }).lean<AccountRecord>();
      return record && { account: fromRecord(record), passwordHash: record.passwordHash };
    },

    /** Accounts in use, in the order of their ids. */
    async active(filter: { role: Role; partner?: string }): Promise<Account[]> {
      const found = (await model.find({ ...filter, active: true }).lean<AccountRecord[]>()).map(fromRecord);
      return found.sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    /** A partner's advisors and leads in use, or managers (null), with how they are written to, in the order of their ids. */
    readersAt: onceTogether(readersAtAll),

    /** A partner's advisors and leads in use, in the order of their ids. */
    async team(partner: string): Promise<Teammate[]> {
      const team = (await model.find(teamAt(partner)).lean<AccountRecord[]>()).map(asTeammate);
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
