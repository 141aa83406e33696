import type { ManagedAccount } from '../../data/accountAdministration.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { Conflict, Forbidden, NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';

/** Throws Forbidden for who may not manage accounts. */
export const checkMayManage = (by: Account): void => {
  if (!may(by, 'manageAccounts')) throw new Forbidden();
};

/** An account, open or closed. Throws NotFound for one that never was, or that is erased. */
export const managedAccount = async ({ accounts }: Pick<Parts, 'accounts'>, id: string): Promise<ManagedAccount> => {
  const found = await accounts.managed(id);
  if (!found) throw new NotFound();
  return found;
};

/** Somebody else was faster. */
export const changedMeanwhile = (): Conflict =>
  new Conflict('Quelqu’un vient de modifier ou de fermer ce compte. Rechargez la page pour le voir.');
