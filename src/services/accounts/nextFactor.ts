import { type NextFactor, nextFactorOf } from '../../domain/accounts/secondFactor.js';
import type { Parts } from '../parts.js';
import { securityOf } from './checkSecondFactor.js';

/** What this account must show after the first factor. Throws Forbidden when it was closed meanwhile. */
export const nextFactor =
  (parts: Pick<Parts, 'accounts'>) =>
  async (of: { id: string }): Promise<NextFactor> => {
    const { account, demo, secondFactor } = await securityOf(parts, of);
    return nextFactorOf({ role: account.role, demo, isSet: secondFactor !== null });
  };
