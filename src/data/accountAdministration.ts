import type { Model } from 'mongoose';
import type { Account, Role } from '../domain/referrals/access.js';
import type { AccountRecord } from './accountRecord.js';

/** An account as those who manage accounts see it. */
export interface ManagedAccount extends Account {
  active: boolean;
  demo: boolean;
  closedAt: Date | null;
  /** Invited, and no password chosen yet. */
  isAwaited: boolean;
  hasSecondFactor: boolean;
}

/** What an account may do, and where: what a change starts from, and leads to. */
export type Position = Pick<Account, 'role' | 'partner'>;

const asManaged = ({ _id, name, email, role, partner, active, demo, ...rest }: AccountRecord): ManagedAccount => ({
  id: _id,
  name,
  email,
  role,
  partner,
  active,
  demo,
  closedAt: rest.closedAt ?? null,
  isAwaited: Boolean(rest.invitedAt) && !rest.passwordChangedAt,
  hasSecondFactor: Boolean(rest.secondFactor),
});

const NOT_ERASED = { erasedAt: null };

/** What is done to accounts by those who manage them. Part of the repository of accounts. */
export const accountAdministration = (
  model: Pick<Model<AccountRecord>, 'countDocuments' | 'find' | 'findOne' | 'updateOne'>,
) => ({
  /** All that are not erased, closed ones too. */
  async everyone(): Promise<ManagedAccount[]> {
    const rows = await model.find(NOT_ERASED, { passwordHash: 0 }).lean<AccountRecord[]>();
    return rows.map(asManaged);
  },

  async managed(id: string): Promise<ManagedAccount | null> {
    const row = await model.findOne({ _id: id, ...NOT_ERASED }, { passwordHash: 0 }).lean<AccountRecord>();
    return row && asManaged(row);
  },

  async managedByEmail(email: string): Promise<ManagedAccount | null> {
    const row = await model.findOne({ email: email.trim().toLowerCase(), ...NOT_ERASED }).lean<AccountRecord>();
    return row && asManaged(row);
  },

  async markInvited(id: string, at: Date): Promise<void> {
    await model.updateOne({ _id: id }, { $set: { invitedAt: at } });
  },

  /**
   * Changes what somebody may do, from the position that was seen. False: it was changed or closed meanwhile. What the person
   * had at another partner is `leaving` until it is handed over.
   */
  async change(id: string, seen: Position, wanted: Position & { name: string }): Promise<boolean> {
    const leaving = seen.partner !== null && seen.partner !== wanted.partner ? { leaving: seen.partner } : {};
    const filter = { _id: id, active: true, role: seen.role, partner: seen.partner };
    return (await model.updateOne(filter, { $set: { ...wanted, ...leaving } })).matchedCount === 1;
  },

  /** False when it was closed already, or changed meanwhile. */
  async close(id: string, seen: Position, at: Date): Promise<boolean> {
    const filter = { _id: id, active: true, role: seen.role, partner: seen.partner };
    const change = { active: false, closedAt: at, leaving: seen.partner };
    return (await model.updateOne(filter, { $set: change })).modifiedCount === 1;
  },

  /** Nobody knows its password any more, and its second factor is gone: its person chooses both anew. False when it is open. */
  async reopen(id: string, secret: { passwordHash: string }): Promise<boolean> {
    const change = { active: true, closedAt: null, passwordChangedAt: null, secondFactor: null, ...secret };
    return (await model.updateOne({ _id: id, active: false, ...NOT_ERASED }, { $set: change })).modifiedCount === 1;
  },

  /** As it was before it was closed: the desk would have been without anybody of that role. */
  async takeBackClosing(id: string): Promise<void> {
    await model.updateOne({ _id: id, active: false }, { $set: { active: true, closedAt: null, leaving: null } });
  },

  /** Those whose projects at a partner are still to be handed over. */
  async leaving(): Promise<{ id: string; partner: string }[]> {
    const rows = await model.find({ leaving: { $gt: '' } }, { leaving: 1 }).lean<AccountRecord[]>();
    return rows.map(({ _id, leaving }) => ({ id: _id, partner: leaving ?? '' }));
  },

  async hasLeft(id: string, partner: string): Promise<void> {
    await model.updateOne({ _id: id, leaving: partner }, { $set: { leaving: null } });
  },

  countOf: (role: Role): Promise<number> => model.countDocuments({ role, active: true }),
});
