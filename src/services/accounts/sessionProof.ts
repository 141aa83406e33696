import { createHash } from 'node:crypto';
import type { AccountSecurity } from '../../data/accountSecurity.js';
import { nextFactorOf } from '../../domain/accounts/secondFactor.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { securityOf } from './checkSecondFactor.js';

/** What a session has shown of its account. */
export interface SessionProof {
  account: string;
  /** Names the password that was in force. */
  stamp: string;
  /** The second factor was shown. */
  strong: boolean;
}

/** Names a password by its hash, which has a salt of its own: two that are alike have other names. */
export const stampOf = ({ passwordHash }: Pick<AccountSecurity, 'passwordHash'>): string =>
  createHash('sha256').update(passwordHash).digest('base64url');

/** Names the password in force. Throws Forbidden when the account was closed meanwhile. */
export const passwordStamp =
  (parts: Pick<Parts, 'accounts'>) =>
  async (account: Account): Promise<string> =>
    stampOf(await securityOf(parts, account));

/**
 * The account that a session lets in; null when it is closed, its password is another by now, or it asks for a second factor that
 * the session has not shown. Looked at for each page: a sign-in under way while the password, the second factor or the
 * role changes is not yet among the sessions that the change ends.
 */
export const accountOfSession =
  ({ accounts }: Pick<Parts, 'accounts'>) =>
  async ({ account: id, stamp, strong }: Partial<SessionProof>): Promise<Account | null> => {
    const security = id === undefined ? null : await accounts.securityOf(id);
    if (!security || stampOf(security) !== stamp) return null;
    const { account, demo, secondFactor } = security;
    const next = nextFactorOf({ role: account.role, demo, isSet: secondFactor !== null });
    return strong || next === 'none' ? account : null;
  };
