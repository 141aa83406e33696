import type { Model } from 'mongoose';
import type { Account } from '../domain/referrals/access.js';
import { type AccountRecord, fromRecord, type RecoveryCodes, type SecondFactor } from './accountRecord.js';
import { byIdTogether } from './askTogether.js';

/** What signing in asks of an account. */
export interface AccountSecurity {
  account: Account;
  passwordHash: string;
  demo: boolean;
  secondFactor: SecondFactor | null;
  passwordChangedAt: Date | null;
}

const asSecurity = (record: AccountRecord): AccountSecurity => ({
  account: fromRecord(record),
  passwordHash: record.passwordHash,
  demo: record.demo,
  secondFactor: record.secondFactor ?? null,
  passwordChangedAt: record.passwordChangedAt ?? null,
});

/** Passwords and second factors. Part of the repository of accounts. */
export const accountSecurity = (model: Pick<Model<AccountRecord>, 'collection' | 'updateOne'>) => {
  const inUse = byIdTogether<AccountRecord>(model, { which: { active: true } });
  return {
    async setPassword(id: string, passwordHash: string, at: Date): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { passwordHash, passwordChangedAt: at } });
    },

    /** What signing in asks of an account in use. */
    async securityOf(id: string): Promise<AccountSecurity | null> {
      const record = await inUse(id);
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
  };
};
