import type { ManagedAccount, Position } from '../../data/accountAdministration.js';
import type { OwnSession } from '../../data/sessions.js';
import { type Account, may, type Role } from '../../domain/referrals/access.js';
import { plainText } from '../../domain/territory/plainText.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import { type DepartureParts, leavePartner } from './closeAccount.js';
import { checkedName, checkedPosition, inviteAccount, type Wanted } from './openAccount.js';
import { type TellParts, tellAccount } from './tellAccount.js';

const PAGE = 50;

const check = (by: Account): void => {
  if (!may(by, 'manageAccounts')) throw new Forbidden();
};

export type AccountState = 'in-use' | 'awaited' | 'closed';
export const stateOf = ({ active, isAwaited }: ManagedAccount): AccountState =>
  active ? (isAwaited ? 'awaited' : 'in-use') : 'closed';

/** Null: whichever. `partner` and `role` as accounts have them; `words`: of the name or the address. */
export interface AccountFilter {
  words: string;
  role: Role | null;
  partner: string | null;
  state: AccountState | null;
  /** From 1. */
  page: number;
}

const fits = (filter: AccountFilter) => {
  const words = plainText(filter.words).split(' ').filter(Boolean);
  return (one: ManagedAccount): boolean => {
    const text = plainText(`${one.name} ${one.email}`);
    const isAsked = filter.state === null ? one.active : stateOf(one) === filter.state;
    const isThere = filter.partner === null || one.partner === filter.partner;
    return (
      isAsked &&
      isThere &&
      (filter.role === null || one.role === filter.role) &&
      words.every((word) => text.includes(word))
    );
  };
};

/** Accounts by name, a page of them; closed ones only when asked for. */
export const listAccounts =
  ({ accounts }: Pick<Parts, 'accounts'>) =>
  async (by: Account, filter: AccountFilter) => {
    check(by);
    const found = (await accounts.everyone()).filter(fits(filter));
    found.sort((a, b) => a.name.localeCompare(b.name, 'fr') || (a.id < b.id ? -1 : 1));
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const page = Math.min(filter.page, pages);
    return { accounts: found.slice((page - 1) * PAGE, page * PAGE), total: found.length, page, pages };
  };

const find = async ({ accounts }: Pick<Parts, 'accounts'>, id: string): Promise<ManagedAccount> => {
  const found = await accounts.managed(id);
  if (!found) throw new NotFound();
  return found;
};

/** One account, and where it is signed in. */
export const readAccount =
  ({ accounts, clock, sessions }: Pick<Parts, 'accounts' | 'clock' | 'sessions'>) =>
  async (by: Account, id: string): Promise<{ account: ManagedAccount; sessions: OwnSession[] }> => {
    check(by);
    return { account: await find({ accounts }, id), sessions: await sessions.ofAccount(id, clock()) };
  };

type InviteParts = Pick<Parts, 'accounts' | 'clock' | 'deliveries' | 'enqueue' | 'newId' | 'note' | 'territory'>;

/** Opens an account and owes its person a link. Throws Invalid and Conflict as inviteAccount. */
export const invite =
  (parts: InviteParts) =>
  async (by: Account, wanted: Wanted): Promise<Account> => {
    check(by);
    const { account, due } = await inviteAccount(parts)(wanted, { account: by.id });
    if (due.length > 0) await parts.enqueue(due);
    return account;
  };

/** Another link for somebody who has not chosen a password yet; the earlier ones open nothing any more. */
export const inviteAgain =
  (parts: TellParts & Pick<Parts, 'accounts' | 'links' | 'note'>) =>
  async (by: Account, id: string): Promise<void> => {
    check(by);
    const account = await find(parts, id);
    if (stateOf(account) !== 'awaited')
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
    check(by);
    const { accounts, endSessions, note, territory } = parts;
    const account = await find(parts, id);
    const next = { ...checkedPosition(wanted, territory), name: checkedName(wanted.name) };
    if (id === by.id && !sameOf(account, next))
      throw new Forbidden('Une autre personne de l’administration change votre rôle.');
    if (sameOf(account, next) && account.name === next.name) return;
    if (!(await accounts.change(id, seen, next)))
      throw new Conflict('Quelqu’un vient de modifier ou de fermer ce compte. Rechargez la page pour le voir.');
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
    check(by);
    const account = await find(parts, id);
    if (id === by.id) throw new Invalid('Pour votre propre compte, passez par «\u00a0Mon compte\u00a0».');
    if (!(await parts.accounts.removeSecondFactor(id))) return false;
    await parts.note({ act: 'second-factor-removed', actor: { account: by.id }, about: { kind: 'account', id } });
    await parts.endSessions(id);
    await tellAccount(parts, account, 'account-protection-changed');
    return true;
  };
