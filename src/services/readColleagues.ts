import { localDay } from '../domain/calendar/businessTime.js';
import type { Account } from '../domain/referrals/access.js';
import { absenceOn } from '../domain/referrals/assignment.js';
import type { Parts } from './parts.js';

/** Somebody of the partner, with how many referrals they have open. */
export interface Colleague {
  account: Account;
  open: number;
  /** Last day away, as "2026-12-08"; null for who is there. */
  awayUntil: string | null;
}

/** The people of a partner who take projects: those who are there first, then those with the fewest open ones. */
export const readColleagues =
  ({ absences, accounts, clock, referrals }: Pick<Parts, 'absences' | 'accounts' | 'clock' | 'referrals'>) =>
  async (partner: string): Promise<Colleague[]> => {
    const people = [
      ...(await accounts.active({ role: 'advisor', partner })),
      ...(await accounts.active({ role: 'lead', partner })),
    ];
    const open = await referrals.openCountByAssignee(people.map(({ id }) => id));
    const away = await absences.ofPartner(partner);
    const today = localDay(clock());
    return people
      .map((account) => ({
        account,
        open: open.get(account.id) ?? 0,
        awayUntil: absenceOn(away, account.id, today)?.to ?? null,
      }))
      .sort(
        (a, b) =>
          Number(a.awayUntil !== null) - Number(b.awayUntil !== null) ||
          a.open - b.open ||
          a.account.name.localeCompare(b.account.name, 'fr'),
      );
  };
