import type { Closures } from '../domain/calendar/businessTime.js';
import { type Assignment, assign } from '../domain/referrals/assignment.js';
import type { ReferralAbout } from '../domain/referrals/referral.js';
import type { Parts } from './parts.js';

export type AssignParts = Pick<Parts, 'absences' | 'accounts' | 'referrals'>;

interface Arrived {
  partner: string;
  about: Pick<ReferralAbout, 'need' | 'epci'>;
  at: Date;
  closures: Closures;
}

/** Whom a project that reaches a partner at that instant is given to, as the team stands now, and why. */
export const assignAmongTeam =
  ({ absences, accounts, referrals }: AssignParts) =>
  async ({ partner, about, at, closures }: Arrived): Promise<Assignment> => {
    const people = await accounts.team(partner);
    const away = await absences.ofPartner(partner);
    const load = await referrals.openCountByAssignee(people.map(({ id }) => id));
    return assign({ about, at, partner, people, absences: away, load, closures });
  };
