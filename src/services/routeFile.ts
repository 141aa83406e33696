import { OUTCOME_WORDS, type RoutingDecision } from '../domain/routing/decision.js';
import { routeProject } from '../domain/routing/routeProject.js';
import type { Ruleset } from '../domain/routing/rule.js';
import type { Territory } from '../domain/territory/territory.js';
import { readEntries } from './readEntries.js';

/** What `route --json` prints for one request, and nothing else. */
export interface RoutedEntry {
  id: string;
  /** One of the words of the governance documents. */
  outcome: string;
  /** Partner id, or null. */
  main: string | null;
  associated: string[];
  reasons: string[];
}

/** One request routed, with what a person wants to read of it. */
export interface RoutedRow extends RoutedEntry {
  title: string;
  decision: RoutingDecision;
  partner: string | null;
}

/**
 * Routes every request of a JSON text (see readEntries) and keeps nothing: no store is needed.
 * `file` only serves to name it in errors. Throws Invalid, one line a problem, when the text cannot be used.
 */
export function routeFile(text: string, file: string, parts: { ruleset: Ruleset; territory: Territory }): RoutedRow[] {
  return readEntries(text, file, parts.territory).map(({ id, title, facts }) => {
    const decision = routeProject(facts, parts.ruleset, parts.territory);
    const partner = decision.main === null ? null : (parts.territory.partner(decision.main)?.name ?? decision.main);
    return {
      id,
      title,
      outcome: OUTCOME_WORDS[decision.outcome],
      main: decision.main,
      associated: decision.associated,
      reasons: decision.reasons,
      decision,
      partner,
    };
  });
}
