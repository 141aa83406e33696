import type { Need } from '../territory/needs.js';
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
  return (seen) => {
    const near = around(seen.profile);
    if (near.length === 0) return NOBODY;
    const asked = needsOf(choice, seen);
    if (asked.length === 0) return NOBODY;
    return near.filter((partner) => asked.some((need) => partner[declared].includes(need)));
  };
}

const NOBODY: readonly Partner[] = [];

function keptByProfile(compute: (profile: Profile) => readonly Partner[]): (profile: Profile) => readonly Partner[] {
  const kept = new Map<Profile, readonly Partner[]>();
  return (profile) => {
    let partners = kept.get(profile);
    if (partners === undefined) {
      partners = compute(profile);
      kept.set(profile, partners);
    }
    return partners;
  };
}

/** A relay that is not a Territoire d'industrie: those are named by rules of their own. */
const isSpecialist = (partner: Partner): boolean => partner.role === 'relay' && partner.kind !== 'territoire-industrie';

function needsOf(choice: NeedChoice, { needs }: Seen): readonly Need[] {
  if (choice === 'mainNeed') return needs.slice(0, 1);
  return choice === 'otherNeeds' ? needs.slice(1) : [choice];
}
