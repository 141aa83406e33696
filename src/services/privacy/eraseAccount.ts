import { type Account, may } from '../../domain/referrals/access.js';
import { Conflict, Forbidden, NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';

export type EraseAccountParts = Pick<Parts, 'clock' | 'note' | 'reportFiles' | 'reports' | 'staffTraces'>;

/**
 * Forgets who a closed account was: the name and the address go wherever they are kept, the acts keep the account's id, and the
 * audit log is not touched, since it holds ids alone. What only served that person goes first, so that a second run completes
 * one that was cut short. False when there was nothing left to erase.
 */
export const forgetAccount =
  ({ clock, reportFiles, reports, staffTraces }: Omit<EraseAccountParts, 'note'>) =>
  async (id: string): Promise<boolean> => {
    await staffTraces.forget(id);
    // Printed with the name: made again without it when somebody asks.
    await reportFiles.removeOf(await reports.idsMadeBy([id]));
    return staffTraces.erase(id, clock());
  };

/**
 * Erases a closed account, on that person's request. Done twice, it is done once. Throws Forbidden for who may not, NotFound, and
 * Conflict while the account is open.
 */
export const eraseAccount =
  (parts: EraseAccountParts) =>
  async (by: Account, id: string): Promise<void> => {
    if (!may(by, 'manageAccounts')) throw new Forbidden();
    const standing = await parts.staffTraces.standingOf(id);
    if (standing === null) throw new NotFound();
    if (standing === 'open') throw new Conflict('Fermez d’abord ce compte. Ses projets sont alors confiés à d’autres.');
    if (!(await forgetAccount(parts)(id))) return;
    await parts.note({ act: 'account-erased', actor: { account: by.id }, about: { kind: 'account', id } });
  };
