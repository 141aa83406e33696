import { OUTCOME_WORDS, type RoutingDecision } from '../../domain/routing/decision.js';
import { routeProject } from '../../domain/routing/routeProject.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import type { Territory } from '../../domain/territory/territory.js';
import { type Entry, readEntries } from '../readEntries.js';

/** An example project of the territory's data, and what is expected of it. */
interface ExampleCase extends Entry {
  /** One of OUTCOME_WORDS. */
  outcome: string;
  /** Partners that may be the answer, the expected one first; null where nobody is. */
  expected: (string | null)[];
}

/** An example project that the rules do not send where it is expected. */
export interface MissedCase {
  id: string;
  title: string;
  expected: { outcome: string; main: string | null };
  found: { outcome: string; main: string | null };
  /** The rules of today send it where it is expected. */
  regresses: boolean;
}

interface CaseFields {
  outcome: string;
  expectedPrimary: string | null;
  acceptable?: string[];
}

const readCases = (examples: unknown[], territory: Territory): ExampleCase[] =>
  readEntries(JSON.stringify(examples), 'cases.json', territory).map((entry, i) => {
    const { outcome, expectedPrimary, acceptable = [] } = examples[i] as CaseFields;
    return { ...entry, outcome, expected: [expectedPrimary, ...acceptable] };
  });

const isAsExpected = ({ outcome, expected }: ExampleCase, decision: RoutingDecision): boolean =>
  OUTCOME_WORDS[decision.outcome] === outcome && expected.includes(decision.main);

/** The example projects that a ruleset misses, and whether `today` does not. */
export function missedCases(
  examples: unknown[],
  rulesets: { ruleset: Ruleset; today: Ruleset },
  territory: Territory,
): MissedCase[] {
  return readCases(examples, territory).flatMap((one) => {
    const decision = routeProject(one.facts, rulesets.ruleset, territory);
    if (isAsExpected(one, decision)) return [];
    const regresses = isAsExpected(one, routeProject(one.facts, rulesets.today, territory));
    const expected = { outcome: one.outcome, main: one.expected[0] ?? null };
    const found = { outcome: OUTCOME_WORDS[decision.outcome], main: decision.main };
    return [{ id: one.id, title: one.title, expected, found, regresses }];
  });
}
