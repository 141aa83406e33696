import { REFERRAL_STATES } from '../../../domain/referrals/lifecycle.js';
import { leavePartner } from '../../accounts/closeAccount.js';
import { settle } from '../../settle.js';
import type { Invariant } from '../invariant.js';

export const inHands: Invariant = {
  label: 'Un projet ouvert n’est confié qu’à une personne du partenaire, dont le compte est ouvert',
  severity: 'loss',
  repair: {
    by: 'le projet est confié à l’équipe, comme lors d’un départ',
    run: async (parts, faults) => {
      const { settleReferral } = settle(parts);
      const left = new Map(faults.map((fault) => [fault.of, fault]));
      for (const { of: who } of left.values()) {
        const [person, partner] = JSON.parse(who ?? '[]') as [string, string];
        await leavePartner({ ...parts, settleReferral })(person, partner);
      }
    },
  },
  inFile: ({ mains }, { people }) =>
    mains.flatMap(({ id, partner, state, assignee, takenBy }) => {
      if (!REFERRAL_STATES[state]?.open) return [];
      const gone = [...new Set([assignee, state === 'taken' ? takenBy : null])].flatMap((who) => {
        const person = people.get(who ?? '');
        return who && (!person?.active || person.partner !== partner) ? [who] : [];
      });
      return gone.map((who) => ({
        id,
        what: `confié à ${who}, qui n’est plus là`,
        of: JSON.stringify([who, partner]),
      }));
    }),
};
