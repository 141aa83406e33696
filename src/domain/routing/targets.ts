import type { Need } from '../territory/needs.js';
import type { Partner } from '../territory/territory.js';
import type { Seen } from './facts.js';
import type { NeedChoice, Rule } from './rule.js';

/**
 * Which partners a rule designates for this project, in the directory's order. Never an inactive one; a rule of role
 * `main` designates desks only. Where the commune is not known, only partners designated `anywhere`.
 */
export function resolveTarget(rule: Pick<Rule, 'to' | 'role'>, seen: Seen): Partner[] {
  const target = rule.to;
  if ('desksFor' in target) {
    const asked = needsOf(target.desksFor, seen);
    return candidates(rule, seen, false).filter(
      (partner) =>
        partner.role === 'desk' &&
        (target.families === undefined || target.families.includes(partner.kind)) &&
        asked.some((need) => (target.declared === 'direct' ? partner.needs : partner.fallbackNeeds).includes(need)),
    );
  }
  if ('relaysFor' in target) {
    const asked = needsOf(target.relaysFor, seen);
    return candidates(rule, seen, false).filter(
      (partner) => isSpecialist(partner) && asked.some((need) => partner.needs.includes(need)),
    );
  }
  const all = candidates(rule, seen, target.anywhere ?? false);
  if ('partner' in target) return all.filter((partner) => partner.id === target.partner);
  return all.filter((partner) => partner.kind === target.family && partner.role === 'desk');
}

function candidates(rule: Pick<Rule, 'role'>, { territory, commune }: Seen, anywhere: boolean): Partner[] {
  return territory.partners.filter(
    (partner) =>
      (rule.role === 'main' ? partner.role === 'desk' : partner.role !== 'inactive') &&
      (anywhere || (commune !== null && territory.serves(partner, commune))),
  );
}

/** A relay that is not a Territoire d'industrie: those are named by rules of their own. */
const isSpecialist = (partner: Partner): boolean => partner.role === 'relay' && partner.kind !== 'territoire-industrie';

function needsOf(choice: NeedChoice, { needs }: Seen): Need[] {
  if (choice === 'mainNeed') return needs.slice(0, 1);
  return choice === 'otherNeeds' ? needs.slice(1) : [choice];
}
