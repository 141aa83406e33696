import { NEED_IDS, type Need } from '../territory/needs.js';
import type { Partner, Territory } from '../territory/territory.js';
import type { Seen } from './facts.js';
import type { Profile } from './places.js';
import type { NeedChoice, Rule } from './rule.js';

/** The partners that a rule designates for a project, in the directory's order. The list is shared: never change it. */
export type Designation = (seen: Seen) => readonly Partner[];

/**
 * Prepares a target. Never an inactive partner; a rule of role `main` designates desks only. Where the commune is not
 * known, only partners designated `anywhere`. What depends only on the place is worked out once for each profile.
 */
export function prepareTarget(rule: Pick<Rule, 'to' | 'role'>, territory: Territory): Designation {
  const target = rule.to;
  const isAllowed = ({ role }: Partner): boolean => (rule.role === 'main' ? role === 'desk' : role !== 'inactive');
  if ('desksFor' in target) {
    const { declared, families } = target;
    const isDesk = ({ role, kind }: Partner): boolean =>
      role === 'desk' && (families === undefined || families.includes(kind));
    return forNeeds(target.desksFor, isDesk, declared === 'direct' ? 'needs' : 'fallbackNeeds');
  }
  if ('relaysFor' in target) {
    return forNeeds(target.relaysFor, (one) => isAllowed(one) && isSpecialist(one), 'needs');
  }
  const suits = (partner: Partner): boolean =>
    isAllowed(partner) &&
    ('partner' in target ? partner.id === target.partner : partner.kind === target.family && partner.role === 'desk');
  if (target.anywhere) {
    const everywhere = territory.partners.filter(suits);
    return () => everywhere;
  }
  const byProfile = keptByProfile((profile) => profile.serving.filter(suits));
  return (seen) => byProfile(seen.profile);
}

/** The partners that serve the place, suit, and declare at least one of the needs that the rule looks at. */
function forNeeds(
  choice: NeedChoice,
  suits: (partner: Partner) => boolean,
  declared: 'needs' | 'fallbackNeeds',
): Designation {
  const around = keptByProfile((profile) => profile.serving.filter(suits));
  const declaring = (needs: readonly Need[], profile: Profile): readonly Partner[] =>
    around(profile).filter((partner) => needs.some((need) => partner[declared].includes(need)));
  const byNeed = keptByProfile((profile) => new Map(NEED_IDS.map((need) => [need, declaring([need], profile)])));
  return ({ needs, profile }) => {
    if (choice === 'otherNeeds' && needs.length > 2) return declaring(needs.slice(1), profile);
    const need = choice === 'mainNeed' ? needs[0] : choice === 'otherNeeds' ? needs[1] : choice;
    return (need && byNeed(profile).get(need)) ?? NOBODY;
  };
}

const NOBODY: readonly Partner[] = [];

function keptByProfile<Value>(compute: (profile: Profile) => Value): (profile: Profile) => Value {
  const kept = new Map<Profile, Value>();
  return (profile) => {
    let value = kept.get(profile);
    if (value === undefined) {
      value = compute(profile);
      kept.set(profile, value);
    }
    return value;
  };
}

/** A relay that is not a Territoire d'industrie: those are named by rules of their own. */
const isSpecialist = (partner: Partner): boolean => partner.role === 'relay' && partner.kind !== 'territoire-industrie';
