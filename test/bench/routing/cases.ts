import cases from '../../../src/data/territory/cases.json';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { compileRuleset } from '../../../src/domain/routing/compileRuleset.js';
import type { RoutingDecision, RoutingFacts } from '../../../src/domain/routing/decision.js';
import { afterDecision } from '../../../src/domain/routing/facts.js';
import { routeProject } from '../../../src/domain/routing/routeProject.js';
import { settle } from '../../../src/domain/routing/settle.js';
import { prepareTarget } from '../../../src/domain/routing/targets.js';
import { needOfLabel } from '../../../src/domain/territory/needs.js';
import { stageOfCode } from '../../../src/domain/territory/stages.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';

export const territory = loadTerritory();

/** One of the 40 cases: what we decide from, what others decide from, and our decision. */
export interface SeenCase {
  id: string;
  given: RoutingFacts;
  /** Every fact that a condition may look at, worked out beforehand: others have only conditions to evaluate. */
  facts: Record<string, unknown>;
  /** The partners that each rule designates here, worked out beforehand. */
  partners: Map<string, string[]>;
  decision: RoutingDecision;
}

/** The example cases of the territory, ready for every engine. */
export function seenCases(): SeenCase[] {
  const compiled = compileRuleset(DEFAULT_RULESET, territory);
  return cases.map((one) => {
    const given = factsOf(one);
    const seen = compiled.read(given);
    const { outcome, main, choice } = settle(seen, compiled, []);
    const { values } = afterDecision(seen, outcome, main, choice.lead);
    const around = seen.commune === null ? null : [...seen.profile.around];
    const partners = DEFAULT_RULESET.rules.map((rule): [string, string[]] => [
      rule.id,
      prepareTarget(rule, territory)(seen).map((partner) => partner.id),
    ]);
    return {
      id: one.id,
      given,
      facts: { ...values, around },
      partners: new Map(partners),
      decision: routeProject(given, DEFAULT_RULESET, territory),
    };
  });
}

const factsOf = ({
  needs,
  stage,
  commune,
  sector,
  headcount,
  title,
  summary,
}: (typeof cases)[number]): RoutingFacts => ({
  needs: needs.map((label) => needOfLabel(label)!),
  stage: stageOfCode(stage) ?? null,
  commune: commune?.codeInsee ?? null,
  holderKind: null,
  sector,
  headcount,
  title,
  summary,
});
