import { may } from '../domain/referrals/access.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

/**
 * Gives it to a colleague: an advisor or a lead in use of the same partner. State and `callBy` stay; what was in hand is in
 * the colleague's hands. `to`: an account. Throws Invalid for anybody else.
 */
export const transferReferral = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen, { to }: { to: string }): Promise<Referral> =>
    act('transfer', seen, async ({ partner, state, takenBy, assignee }) => {
      const colleague = await parts.accounts.byId(to);
      if (!colleague || colleague.partner !== partner || !may(colleague, 'actOnReferral', partner))
        throw new Invalid('Choisissez une personne de votre équipe.');
      if (to === (takenBy ?? assignee)) throw new Invalid('Cette personne a déjà ce projet.');
      const given = { assignee: to, assignedBecause: null };
      return { change: state === 'taken' ? { ...given, takenBy: to } : given, to };
    });
};
