import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { beginAttempt, type Caller } from './attempts.js';
import { isPassword } from './passwords.js';
import { stampOf } from './sessionProof.js';

type Needs = Pick<Parts, 'accounts' | 'note' | 'slowDowns'>;

/** `stamp`: names the password that was right. */
export interface FirstFactor {
  account: Account;
  stamp: string;
}

/**
 * The account whose address and password these are, or null. Says nothing on which of the two was wrong, and takes as long
 * either way. Throws TooMany while earlier failures slow it down.
 */
export const signIn =
  (parts: Needs) =>
  async ({ email, password }: { email: string; password: string }, from: Caller): Promise<FirstFactor | null> => {
    const attempt = await beginAttempt(parts)('password', email, from);
    const found = await parts.accounts.byEmail(email);
    if (found && (await isPassword(found.passwordHash, password))) {
      await attempt.wasRight();
      return { account: found.account, stamp: stampOf(found) };
    }
    if (!found) await isPassword(null, password);
    const about = found ? { about: { kind: 'account' as const, id: found.account.id } } : {};
    await parts.note({ act: 'sign-in-refused', actor: 'unknown', ...about, detail: { factor: 'password' } });
    return null;
  };

/** Somebody is in, after whatever factors their account asks for: kept in the audit log, and the browser is known from now on. */
export const recordSignIn =
  ({ note, slowDowns }: Pick<Parts, 'note' | 'slowDowns'>) =>
  async ({ id, email }: Account, { how, browser }: { how: string; browser: string }): Promise<void> => {
    await note({ act: 'signed-in', actor: { account: id }, detail: { how } });
    await slowDowns.remember(email.toLowerCase(), browser);
  };

/** Somebody signed out, and did not only let the session end. */
export const recordSignOut =
  ({ note }: Pick<Parts, 'note'>) =>
  ({ id }: Account): Promise<void> =>
    note({ act: 'signed-out', actor: { account: id } });
