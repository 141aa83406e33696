import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { beginAttempt, type Caller } from './attempts.js';
import { securityOf } from './checkSecondFactor.js';
import { hashPassword, isPassword, weaknessOf } from './passwords.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'endSessions' | 'links' | 'note' | 'slowDowns'>;

/** Sets a password that was found good: the account is signed out everywhere, and its links that let in open nothing any more. */
export const keepPassword = async (
  parts: Pick<Parts, 'accounts' | 'clock' | 'endSessions' | 'links' | 'note'>,
  { id }: Account,
  password: string,
): Promise<void> => {
  const at = parts.clock();
  await parts.accounts.setPassword(id, await hashPassword(password), at);
  await parts.note({ act: 'password-changed', actor: { account: id } });
  await parts.links.revokeKeysOf(id, at);
  await parts.endSessions(id);
};

/**
 * Changes the own password, by the one before. Gives what is wrong, in a sentence beside its field. Throws TooMany while wrong
 * passwords slow it down.
 */
export const changePassword =
  (parts: Needs) =>
  async (
    account: Account,
    { before, password }: { before: string; password: string },
    from: Caller,
  ): Promise<'done' | { before: string } | { password: string }> => {
    const { passwordHash } = await securityOf(parts, account);
    const attempt = await beginAttempt(parts)('password', account.email, from);
    if (!(await isPassword(passwordHash, before)))
      return { before: 'Ce n’est pas votre mot de passe actuel. Vérifiez-le.' };
    await attempt.wasRight();
    if (before === password) return { password: 'Choisissez un autre mot de passe que l’actuel.' };
    const weakness = await weaknessOf(password, account);
    if (weakness) return { password: weakness };
    await keepPassword(parts, account, password);
    return 'done';
  };
