import type { Demonstration } from '../../data/demonstration.js';
import type { Project } from '../../domain/referrals/referral.js';
import type { Territory } from '../../domain/territory/territory.js';
import type { Chance } from './chance.js';

type Receivers = Pick<Demonstration, 'relays' | 'withoutPlace'> & { territory: Territory };

/**
 * Whom a manager of the demonstration chooses for a project in triage: mostly whom the decision considered next, a desk or
 * one of the relays that receive projects; otherwise the chamber that serves the commune.
 */
export const nextPartner = (
  { facts, decision }: Project,
  declinedBy: string | null,
  { territory, relays: receiving, withoutPlace }: Receivers,
  chance: Chance,
): string => {
  const { commune: communeOf, partner: partnerOf, partners, serves } = territory;
  const receives = (id: string): boolean =>
    id !== declinedBy && (partnerOf(id)?.role === 'desk' || receiving.includes(id));
  const relays = decision.associated.filter((id) => receives(id) && partnerOf(id)?.role === 'relay');
  const desks = [...decision.others.map(({ partner }) => partner), ...decision.associated].filter(receives);
  const considered = chance.happens(0.5) ? [...relays, ...desks] : [...desks, ...relays];
  const commune = facts.commune === null ? undefined : communeOf(facts.commune);
  const chamber = partners.find(
    (one) => one.kind === 'cci' && receives(one.id) && commune !== undefined && serves(one, commune),
  );
  return considered[0] ?? chamber?.id ?? withoutPlace[declinedBy === withoutPlace[0] ? 1 : 0];
};
