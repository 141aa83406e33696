import { REROUTE_REASONS, type RerouteReason } from '../domain/referrals/lifecycle.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Conflict, Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';
import type { Parts } from './parts.js';

/** `to`: a partner. `words`: for the people there. */
export interface Rerouting {
  to: string;
  reason: RerouteReason;
  words: string | null;
}

/**
 * Ends the referral here; its project goes on at another partner, with a new date to call by. The event carries the partner,
 * so that the next referral is opened even after a crash.
 */
export const rerouteReferral = (parts: ActParts & Pick<Parts, 'territory'>) => {
  const act = actOn(parts);
  return (seen: Seen, { to, reason, words }: Rerouting): Promise<Referral> =>
    act('reroute', seen, async (referral, { at }) => {
      if (!Object.hasOwn(REROUTE_REASONS, reason)) throw new Invalid('Choisissez un motif de la liste.');
      const target = parts.territory.partner(to);
      if (!target || target.role === 'inactive') throw new Invalid('Choisissez un partenaire de la liste.');
      if (to === referral.partner) throw new Invalid('Ce projet est déjà chez ce partenaire.');
      const latest = (await parts.referrals.ofProject(referral.project)).at(-1);
      if (latest?.id !== referral.id) throw new Conflict('Ce projet est déjà chez un autre partenaire.');
      return { change: { state: 'rerouted', closedAt: at, asked: null }, reason, words, to };
    });
};
