import { type Connection, Schema } from 'mongoose';
import type { Account, Role } from '../domain/referrals/access.js';
import { ignoreDuplicate } from './records.js';

interface AccountRecord extends Omit<Account, 'id'> {
  _id: string;
  passwordHash: string;
  active: boolean;
  demo: boolean;
}

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
  },
  { versionKey: false },
);
schema.index({ role: 1, partner: 1 });

const fromRecord = ({ _id, name, email, role, partner }: AccountRecord): Account => ({
  id: _id,
  name,
  email,
  role,
  partner,
});

/** The people who sign in. E-mail addresses are kept in lower case. */
export const accountsOn = (connection: Connection) => {
  const model = connection.model('Account', schema, 'accounts');

  return {
    model,

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

    async setPassword(id: string, passwordHash: string): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { passwordHash } });
    },

    async isEmpty(): Promise<boolean> {
      return (await model.exists({})) === null;
    },

    /** Takes the demonstration's accounts away. Gives how many went. */
    async demoIds(): Promise<string[]> {
      const rows = await model.find({ demo: true }, { _id: 1 }).lean<{ _id: string }[]>();
      return rows.map(({ _id }) => _id);
    },

    async removeDemo(): Promise<number> {
      return (await model.deleteMany({ demo: true })).deletedCount;
    },
  };
};
