import { mustHaveSecondFactor } from '../../domain/accounts/secondFactor.js';
import type { Account } from '../../domain/referrals/access.js';
import { Conflict, Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';
import { beginAttempt, type Caller } from './attempts.js';
import { checkAnyFactor, type FactorNeeds, securityOf } from './checkSecondFactor.js';
import { isPassword } from './passwords.js';
import { makeRecoveryCodes } from './recoveryCodes.js';
import { type TellParts, tellAccount } from './tellAccount.js';
import { addressOfSecret, newTimeSecret, stepOfCode } from './timeCodes.js';

type Needs = FactorNeeds & TellParts & Pick<Parts, 'endSessions'>;

export interface SecondFactorState {
  isSet: boolean;
  compulsory: boolean;
  setAt: Date | null;
  /** How many recovery codes are left. */
  codesLeft: number;
}

/** How the second factor of this account stands. */
export const readSecondFactor =
  (parts: Pick<Parts, 'accounts'>) =>
  async (account: Account): Promise<SecondFactorState> => {
    const { secondFactor, demo } = await securityOf(parts, account);
    return {
      isSet: secondFactor !== null,
      compulsory: mustHaveSecondFactor({ role: account.role, demo }),
      setAt: secondFactor?.setAt ?? null,
      codesLeft: secondFactor?.recovery.hashes.length ?? 0,
    };
  };

/** A secret that a telephone may take: sealed, for the session to keep until it is confirmed. */
export interface Proposal {
  sealed: string;
  secret: string;
  /** What the square picture says. */
  address: string;
}

/** The secret proposed before, so that a page shown again shows the same; a new one when there is none. */
export const proposeSecondFactor =
  ({ secretSeal }: Pick<Parts, 'secretSeal'>) =>
  ({ id, email }: Account, before: string | undefined): Proposal => {
    const known = before === undefined ? null : secretSeal.open(before, id);
    const secret = known ?? newTimeSecret();
    const sealed = known && before ? before : secretSeal.close(secret, id);
    return { sealed, secret, address: addressOfSecret(secret, email) };
  };

export type Wrong<Field extends string> = { wrong: Field };
export interface NewCodes {
  codes: string[];
}

const COMPULSORY =
  'Votre rôle demande la double authentification\u00a0: vous pouvez changer de téléphone, pas la retirer.';
const CHANGED = 'La double authentification de ce compte vient d’être modifiée ailleurs. Rechargez la page.';

/**
 * Sets up the second factor that was proposed, once its first code shows that the telephone took it; where there is one already, it
 * is replaced, by a code of the earlier one or a recovery code (`earlier`). Gives the recovery codes, to be shown once. The
 * account is signed out everywhere. Throws TooMany as checkSecondFactor, Conflict when somebody else was faster.
 */
export const setSecondFactor =
  (parts: Needs) =>
  async (
    account: Account,
    given: { sealed: string; code: string; earlier?: string },
    from: Caller,
  ): Promise<NewCodes | Wrong<'code' | 'earlier'>> => {
    const at = parts.clock();
    const secret = parts.secretSeal.open(given.sealed, account.id);
    const step = secret && stepOfCode(secret, given.code, at);
    if (!secret || !step) return { wrong: 'code' };
    const { secondFactor: before } = await securityOf(parts, account);
    if (before && !(await checkAnyFactor(parts)(account, given.earlier ?? '', from))) return { wrong: 'earlier' };
    const { codes, kept } = await makeRecoveryCodes();
    const sealed = parts.secretSeal.close(secret, account.id);
    const factor = { sealed, setAt: at, lastStep: step, recovery: kept };
    if (!(await parts.accounts.setSecondFactor(account.id, factor, before?.setAt ?? null))) throw new Conflict(CHANGED);
    await parts.note({ act: 'second-factor-set', actor: { account: account.id } });
    await parts.endSessions(account.id);
    await tellAccount(parts, account, 'account-protection-changed');
    return { codes };
  };

/** New recovery codes in the place of the earlier ones, by a code of the telephone or one that is left. */
export const renewRecoveryCodes =
  (parts: FactorNeeds & TellParts) =>
  async (account: Account, code: string, from: Caller): Promise<NewCodes | Wrong<'code'>> => {
    if (!(await checkAnyFactor(parts)(account, code, from))) return { wrong: 'code' };
    const { codes, kept } = await makeRecoveryCodes();
    if (!(await parts.accounts.setRecoveryCodes(account.id, kept))) throw new Conflict(CHANGED);
    await parts.note({ act: 'recovery-codes-made', actor: { account: account.id } });
    await tellAccount(parts, account, 'account-protection-changed');
    return { codes };
  };

/**
 * Takes the second factor away, by the password and a code. Throws Forbidden where it is compulsory, and TooMany as
 * checkSecondFactor. The account is signed out everywhere.
 */
export const removeSecondFactor =
  (parts: Needs) =>
  async (
    account: Account,
    { password, code }: { password: string; code: string },
    from: Caller,
  ): Promise<'done' | Wrong<'password' | 'code'>> => {
    const { passwordHash, demo } = await securityOf(parts, account);
    if (mustHaveSecondFactor({ role: account.role, demo })) throw new Forbidden(COMPULSORY);
    const attempt = await beginAttempt(parts)('password', account.email, from);
    if (!(await isPassword(passwordHash, password))) return { wrong: 'password' };
    await attempt.wasRight();
    if (!(await checkAnyFactor(parts)(account, code, from))) return { wrong: 'code' };
    if (!(await parts.accounts.removeSecondFactor(account.id))) throw new Conflict(CHANGED);
    await parts.note({ act: 'second-factor-removed', actor: { account: account.id } });
    await parts.endSessions(account.id);
    await tellAccount(parts, account, 'account-protection-changed');
    return 'done';
  };
