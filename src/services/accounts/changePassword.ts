import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { beginAttempt, type Caller } from './attempts.js';
import { securityOf } from './checkSecondFactor.js';
import { hashPassword, isPassword, weaknessOf } from './passwords.js';
import { type TellParts, tellAccount } from './tellAccount.js';

type KeepParts = TellParts & Pick<Parts, 'accounts' | 'endSessions' | 'links' | 'note'>;
type Needs = KeepParts & Pick<Parts, 'slowDowns' | 'territory'>;

/**
 * Sets a password that was found good: the account is signed out everywhere, its links that let in open nothing any more, and its
 * person is told by e-mail, unless it is their first (`isFirst`).
 */
export const keepPassword = async (
  parts: KeepParts,
  { id }: Account,
  password: string,
  { isFirst = false } = {},
): Promise<void> => {
  const at = parts.clock();
  await parts.accounts.setPassword(id, await hashPassword(password), at);
  await parts.note({ act: 'password-changed', actor: { account: id } });
  await parts.links.revokeKeysOf(id, at);
  await parts.endSessions(id);
  if (!isFirst) await tellAccount(parts, { id }, 'account-password-changed');
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
    const weakness = await weaknessOf(password, account, parts.territory);
    if (weakness) return { password: weakness };
    await keepPassword(parts, account, password);
    return 'done';
  };
