import type { Referral } from '../domain/referrals/referral.js';
import { Conflict, Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';
import type { Parts } from './parts.js';

/** Associates a partner beside the main one: it sees the project, nothing more is asked of it. Once for each partner. */
export const bringInPartner = (parts: ActParts & Pick<Parts, 'territory'>) => {
  const act = actOn(parts);
  return (seen: Seen, { partner }: { partner: string }): Promise<Referral> =>
    act('bringIn', seen, async (referral) => {
      const target = parts.territory.partner(partner);
      if (!target || target.role === 'inactive') throw new Invalid('Choisissez un partenaire de la liste.');
      if (partner === referral.partner) throw new Invalid('Ce partenaire suit déjà ce projet.');
      const there = await parts.referrals.associatedOf(referral.project);
      if (there.some((one) => one.partner === partner))
        throw new Conflict('Ce partenaire est déjà associé à ce projet.');
      return { change: {}, to: partner };
    });
};
