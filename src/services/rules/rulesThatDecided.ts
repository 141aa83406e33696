import type { RoutingDecision } from '../../domain/routing/decision.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import type { Parts } from '../parts.js';
import { firstVersion } from './activeRuleset.js';

/**
 * The rules of a stored decision, by the version that it keeps: for whoever may see the decision, to explain it. Null when
 * that version was never published here.
 */
export const rulesThatDecided =
  ({ firstRules, rulesets }: Pick<Parts, 'firstRules' | 'rulesets'>) =>
  async ({ rulesetVersion }: Pick<RoutingDecision, 'rulesetVersion'>): Promise<Ruleset | null> => {
    const published = await rulesets.byVersion(rulesetVersion);
    if (published) return published.ruleset;
    return rulesetVersion === firstVersion({ firstRules }).version ? firstRules : null;
  };
