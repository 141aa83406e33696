import type { AuditActor } from '../../domain/audit/auditActs.js';
import type { Account } from '../../domain/referrals/access.js';
import { Conflict, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import { type HandOverAllParts, handOverAll } from './handOverAll.js';
import { changedMeanwhile, checkMayManage, managedAccount } from './managedAccount.js';
import { hashOfNobodysPassword } from './passwords.js';
import { type TellParts, tellAccount } from './tellAccount.js';

export type DepartureParts = HandOverAllParts & Pick<Parts, 'accounts' | 'endSessions'>;

/** Hands over what somebody had at a partner, and remembers that it is done. Gives how many projects passed to others. */
export const leavePartner =
  (parts: DepartureParts) =>
  async (id: string, partner: string): Promise<number> => {
    const passed = await handOverAll(parts)(id, partner);
    await parts.accounts.hasLeft(id, partner);
    return passed;
  };

/** Completes what a crash left half handed over. Gives how many people it was about. */
export const completeDepartures = (parts: DepartureParts) => async (): Promise<number> => {
  const left = await parts.accounts.leaving();
  for (const { id, partner } of left) await leavePartner(parts)(id, partner);
  return left.length;
};

const LAST = 'C’est le dernier compte d’administration. Invitez d’abord une autre personne.';

type CloseParts = DepartureParts & TellParts & Pick<Parts, 'links' | 'note'>;

/**
 * Closes an account: its person signs in no more, its links and sessions are over, its projects go to others of the partner,
 * and it is told so by e-mail. What it did stays, with its name. Gives how many projects passed to others. Closed already:
 * completes what was interrupted. Throws NotFound, and Conflict for the last administrator or when somebody was faster.
 */
export const closeAs =
  (parts: CloseParts) =>
  async (actor: AuditActor, id: string): Promise<number> => {
    const { accounts, clock, endSessions, links, note } = parts;
    const account = await managedAccount(parts, id);
    const at = clock();
    if (account.active) {
      if (account.role === 'admin' && (await accounts.countOf('admin')) === 1) throw new Conflict(LAST);
      if (!(await accounts.close(id, account, at))) throw changedMeanwhile();
      if (account.role === 'admin' && (await accounts.countOf('admin')) === 0) {
        await accounts.takeBackClosing(id);
        throw new Conflict(LAST);
      }
      await note({ act: 'account-closed', actor, about: { kind: 'account', id } });
    }
    await links.revokeKeysOf(id, at);
    await endSessions(id);
    const passed = account.partner === null ? 0 : await leavePartner(parts)(id, account.partner);
    if (account.active) await tellAccount(parts, account, 'account-closed');
    return passed;
  };

/** The same for an administrator, on somebody else's account. */
export const closeAccount =
  (parts: CloseParts) =>
  async (by: Account, id: string): Promise<number> => {
    checkMayManage(by);
    if (id === by.id)
      throw new Invalid(
        'Vous ne pouvez pas fermer votre propre compte. Demandez à une autre personne de l’administration.',
      );
    return closeAs(parts)({ account: by.id }, id);
  };

/**
 * Opens a closed account again: its person gets a link to choose a password. What passed to others stays with them. Throws
 * NotFound, and Conflict when it is open.
 */
export const reopenAccount =
  (parts: TellParts & Pick<Parts, 'accounts' | 'note' | 'providerIdentities'>) =>
  async (by: Account, id: string): Promise<void> => {
    checkMayManage(by);
    const { accounts, note, providerIdentities } = parts;
    const account = await managedAccount(parts, id);
    const passwordHash = await hashOfNobodysPassword();
    if (!(await accounts.reopen(id, { passwordHash }))) throw new Conflict('Ce compte est déjà ouvert.');
    // Known anew at the next single sign-on: by the address, as the first time.
    await providerIdentities.forget(id);
    await note({ act: 'account-reopened', actor: { account: by.id }, about: { kind: 'account', id } });
    await accounts.markInvited(id, parts.clock());
    await tellAccount(parts, account, 'account-invitation');
  };
