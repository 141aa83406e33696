import { REFERRAL_STATES } from '../../../domain/referrals/lifecycle.js';
import type { Invariant } from '../invariant.js';

const STANDS = { closed: 'fermé', unknown: 'inconnu' };

export const knownPartner: Invariant = {
  label: 'Une mise en relation ouverte est chez un partenaire qui reçoit des projets',
  severity: 'loss',
  repair: null,
  inFile: ({ mains }, { partners }) =>
    mains.flatMap(({ id, partner, state }) => {
      const stands = partners.get(partner) ?? 'unknown';
      if (stands === 'open' || !REFERRAL_STATES[state]?.open) return [];
      return [{ id, what: `chez ${partner}, partenaire ${STANDS[stands]}` }];
    }),
};
