import type { AccountSecurity } from '../../data/accountSecurity.js';
import type { Account } from '../../domain/referrals/access.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';
import { beginAttempt, type Caller } from './attempts.js';
import { hashOfCode } from './recoveryCodes.js';
import { stepOfCode } from './timeCodes.js';

export type FactorNeeds = Pick<Parts, 'accounts' | 'clock' | 'note' | 'secretSeal' | 'slowDowns'>;

/** What is kept of the account; Forbidden when it was closed meanwhile. */
export const securityOf = async (
  { accounts }: Pick<Parts, 'accounts'>,
  { id }: { id: string },
): Promise<AccountSecurity> => {
  const security = await accounts.securityOf(id);
  if (!security) throw new Forbidden();
  return security;
};

/** Uses a code of the telephone up. The same code twice, even at once, is right once only. */
const useTimeCode = async (parts: FactorNeeds, account: Account, typed: string): Promise<boolean> => {
  const { secondFactor } = await securityOf(parts, account);
  const secret = secondFactor && parts.secretSeal.open(secondFactor.sealed, account.id);
  const step = secret && stepOfCode(secret, typed, parts.clock());
  if (!secret || !step) return false;
  // Sealed anew each time: the secrets of the settings may have been replaced.
  const sealed = parts.secretSeal.close(secret, account.id);
  return parts.accounts.useStep(account.id, secondFactor, { step, sealed });
};

const useRecoveryCode = async (parts: FactorNeeds, account: Account, typed: string): Promise<boolean> => {
  const { secondFactor } = await securityOf(parts, account);
  if (!secondFactor) return false;
  const hash = await hashOfCode(typed, secondFactor.recovery.salt);
  if (!(await parts.accounts.useRecoveryCode(account.id, hash))) return false;
  const left = secondFactor.recovery.hashes.length - 1;
  await parts.note({ act: 'recovery-code-used', actor: { account: account.id }, detail: { left } });
  return true;
};

const USES = { code: useTimeCode, recovery: useRecoveryCode };
export type FactorKind = keyof typeof USES;

/**
 * Whether this is a code of the telephone (`code`), or one of those kept for when it is lost (`recovery`), and uses it up. Throws
 * TooMany while wrong codes slow it down.
 */
export const checkSecondFactor =
  (parts: FactorNeeds) =>
  async (account: Account, kind: FactorKind, typed: string, from: Caller): Promise<boolean> => {
    const attempt = await beginAttempt(parts)('code', account.email, from);
    if (await USES[kind](parts, account, typed)) {
      await attempt.wasRight();
      return true;
    }
    const about = { kind: 'account' as const, id: account.id };
    await parts.note({ act: 'sign-in-refused', actor: 'unknown', about, detail: { factor: kind } });
    return false;
  };

/** One field for both: six figures are a code of the telephone, anything else one of those kept. */
export const checkAnyFactor =
  (parts: FactorNeeds) =>
  (account: Account, typed: string, from: Caller): Promise<boolean> =>
    checkSecondFactor(parts)(account, /^\s*(\d\s*){6}$/.test(typed) ? 'code' : 'recovery', typed, from);
