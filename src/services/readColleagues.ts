import type { Account } from '../domain/referrals/access.js';
import type { Parts } from './parts.js';

/** Somebody of the partner, with how many referrals they have open. */
export interface Colleague {
  account: Account;
  open: number;
}

/** The people of a partner who take projects, those with the fewest open ones first. */
export const readColleagues =
  ({ accounts, referrals }: Pick<Parts, 'accounts' | 'referrals'>) =>
  async (partner: string): Promise<Colleague[]> => {
    const people = [
      ...(await accounts.active({ role: 'advisor', partner })),
      ...(await accounts.active({ role: 'lead', partner })),
    ];
    const open = await referrals.openCountByAssignee(people.map(({ id }) => id));
    return people
      .map((account) => ({ account, open: open.get(account.id) ?? 0 }))
      .sort((a, b) => a.open - b.open || a.account.name.localeCompare(b.account.name, 'fr'));
  };
