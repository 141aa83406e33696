import { routeProject } from '../../src/domain/routing/routeProject.js';
import { DEFAULT_RULESET } from '../support/defaultRules.js';
import { alternate, type Benchmark, perSecond } from './benchmark.js';
import { partnerByHand } from './routing/byHand.js';
import { seenCases, territory } from './routing/cases.js';

/** Our decision with its trace on the 40 example cases, beside an if/else written by hand, which must give the same partner. */
export const benchmark: Benchmark = async () => {
  const cases = seenCases();
  for (const { id, given, decision } of cases) {
    const partner = partnerByHand(given, territory);
    if (partner !== decision.main) throw new Error(`By hand, ${id} goes to ${partner} and not to ${decision.main}`);
  }
  const ours = perSecond(cases.length, () => {
    for (const { given } of cases) routeProject(given, DEFAULT_RULESET, territory);
  });
  const floor = perSecond(cases.length, () => {
    for (const { given } of cases) partnerByHand(given, territory);
  });
  return [await alternate('routing', 'decisions/s', ours, floor)];
};
