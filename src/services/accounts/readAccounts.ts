import type { ManagedAccount } from '../../data/accountAdministration.js';
import type { OwnSession } from '../../data/sessions.js';
import { type AccountState, accountState } from '../../domain/accounts/accountState.js';
import type { Account, Role } from '../../domain/referrals/access.js';
import { plainText } from '../../domain/territory/plainText.js';
import type { Parts } from '../parts.js';
import { checkMayManage, managedAccount } from './managedAccount.js';

const PAGE = 50;

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
    const isAsked = filter.state === null ? one.active : accountState(one) === filter.state;
    const isThere = filter.partner === null || one.partner === filter.partner;
    return (
      isAsked &&
      isThere &&
      (filter.role === null || one.role === filter.role) &&
      words.every((word) => text.includes(word))
    );
  };
};

/** Accounts by name, a page of them; closed ones only when asked for. Throws Forbidden. */
export const listAccounts =
  ({ accounts }: Pick<Parts, 'accounts'>) =>
  async (by: Account, filter: AccountFilter) => {
    checkMayManage(by);
    const found = (await accounts.everyone()).filter(fits(filter));
    found.sort((a, b) => a.name.localeCompare(b.name, 'fr') || (a.id < b.id ? -1 : 1));
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const page = Math.min(filter.page, pages);
    return { accounts: found.slice((page - 1) * PAGE, page * PAGE), total: found.length, page, pages };
  };

/** One account, and where it is signed in. Throws Forbidden and NotFound. */
export const readAccount =
  ({ accounts, clock, sessions }: Pick<Parts, 'accounts' | 'clock' | 'sessions'>) =>
  async (by: Account, id: string): Promise<{ account: ManagedAccount; sessions: OwnSession[] }> => {
    checkMayManage(by);
    return { account: await managedAccount({ accounts }, id), sessions: await sessions.ofAccount(id, clock()) };
  };
