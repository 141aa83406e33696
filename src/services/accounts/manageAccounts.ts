import type { Position } from '../../data/accountAdministration.js';
import { accountState } from '../../domain/accounts/accountState.js';
import type { Account } from '../../domain/referrals/access.js';
import { Conflict, Forbidden, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import { type DepartureParts, leavePartner } from './closeAccount.js';
import { changedMeanwhile, checkMayManage, managedAccount } from './managedAccount.js';
import { checkedName, checkedPosition, inviteAccount, type Wanted } from './openAccount.js';
import { type TellParts, tellAccount } from './tellAccount.js';

type InviteParts = Pick<Parts, 'accounts' | 'clock' | 'deliveries' | 'enqueue' | 'newId' | 'note' | 'territory'>;

/** Opens an account and owes its person a link. Throws Invalid and Conflict as inviteAccount. */
export const invite =
  (parts: InviteParts) =>
  async (by: Account, wanted: Wanted): Promise<Account> => {
    checkMayManage(by);
    const { account, due } = await inviteAccount(parts)(wanted, { account: by.id });
    if (due.length > 0) await parts.enqueue(due);
    return account;
  };

/** Another link for somebody who has not chosen a password yet; the earlier ones open nothing any more. Throws NotFound and Conflict. */
export const inviteAgain =
  (parts: TellParts & Pick<Parts, 'accounts' | 'links' | 'note'>) =>
  async (by: Account, id: string): Promise<void> => {
    checkMayManage(by);
    const account = await managedAccount(parts, id);
    if (accountState(account) !== 'awaited')
      throw new Conflict('Cette personne a déjà choisi son mot de passe, ou son compte est fermé.');
    await parts.links.revokeKeysOf(id, parts.clock());
    const about = { kind: 'account', id } as const;
    await parts.note({ act: 'account-invited', actor: { account: by.id }, about, detail: { again: true } });
    await tellAccount(parts, account, 'account-invitation');
  };

const sameOf = (a: Position, b: Position): boolean => a.role === b.role && a.partner === b.partner;

/**
 * Changes a name, a role or a partner, from the position that was seen. Who changes partner or role is signed out everywhere,
 * and leaves what was in hand at the partner before to others there. Throws Invalid for what does not go together, Conflict when
 * somebody was faster, Forbidden for the own role.
 */
export const changeAccount =
  (parts: DepartureParts & Pick<Parts, 'note' | 'territory'>) =>
  async (
    by: Account,
    id: string,
    { seen, wanted }: { seen: Position; wanted: Omit<Wanted, 'email'> },
  ): Promise<void> => {
    checkMayManage(by);
    const { accounts, endSessions, note, territory } = parts;
    const account = await managedAccount(parts, id);
    const next = { ...checkedPosition(wanted, territory), name: checkedName(wanted.name) };
    if (id === by.id && !sameOf(account, next))
      throw new Forbidden('Une autre personne de l’administration change votre rôle.');
    if (sameOf(account, next) && account.name === next.name) return;
    if (!(await accounts.change(id, seen, next))) throw changedMeanwhile();
    await note({
      act: 'account-changed',
      actor: { account: by.id },
      about: { kind: 'account', id },
      detail: { role: next.role, partner: next.partner ?? '' },
    });
    if (sameOf(seen, next)) return;
    await endSessions(id);
    if (seen.partner !== null && seen.partner !== next.partner) await leavePartner(parts)(id, seen.partner);
    if (seen.role === 'admin' && (await accounts.countOf('admin')) === 0) {
      await accounts.change(id, next, { role: 'admin', partner: null, name: next.name });
      throw new Conflict('Il doit rester une personne à l’administration. Ce compte garde son rôle.');
    }
  };

/**
 * Takes away the second factor of somebody who lost the telephone and the codes: it is set up again at the next sign-in where the
 * role asks for one. False when there was none.
 */
export const resetSecondFactor =
  (parts: TellParts & Pick<Parts, 'accounts' | 'endSessions' | 'note'>) =>
  async (by: Account, id: string): Promise<boolean> => {
    checkMayManage(by);
    const account = await managedAccount(parts, id);
    if (id === by.id) throw new Invalid('Pour votre propre compte, passez par «\u00a0Mon compte\u00a0».');
    if (!(await parts.accounts.removeSecondFactor(id))) return false;
    await parts.note({ act: 'second-factor-removed', actor: { account: by.id }, about: { kind: 'account', id } });
    await parts.endSessions(id);
    await tellAccount(parts, account, 'account-protection-changed');
    return true;
  };
