import { type NextFactor, nextFactorOf } from '../../domain/accounts/secondFactor.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';

/** What this account must show after the first factor. Throws Forbidden when it was closed meanwhile. */
export const nextFactor =
  ({ accounts }: Pick<Parts, 'accounts'>) =>
  async ({ id }: { id: string }): Promise<NextFactor> => {
    const security = await accounts.securityOf(id);
    if (!security) throw new Forbidden();
    return nextFactorOf({ role: security.account.role, demo: security.demo, isSet: security.secondFactor !== null });
  };
