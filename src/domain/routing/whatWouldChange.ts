import type { Territory } from '../territory/territory.js';
import { compileRuleset } from './compileRuleset.js';
import type { Outcome, RoutingFacts } from './decision.js';
import type { Ruleset } from './rule.js';

/** A change of answers that would have changed the main partner. */
export interface WouldChange {
  /** "Si votre besoin principal était « gestion de l’eau », votre projet irait à …" */
  text: string;
  /** How many answers change: 1 or 2. */
  answers: number;
  outcome: Outcome;
  /** Partner id; null when nobody of the territory would follow the project. */
  main: string | null;
}

export const whatWouldChange = (_facts: RoutingFacts, ruleset: Ruleset, territory: Territory): WouldChange[] => {
  compileRuleset(ruleset, territory);
  return [];
};
