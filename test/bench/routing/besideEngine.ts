import type { Outcome } from '../../../src/domain/routing/decision.js';
import { routeProject } from '../../../src/domain/routing/routeProject.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { alternate, type Benchmark, perSecond } from '../benchmark.js';
import { type SeenCase, seenCases, territory } from './cases.js';
import { type Engine, type PlainRow, translate } from './translated.js';

/**
 * Decisions a second on the 40 example cases. Ours is the whole of it: reading the answers, deciding, the trace, and the
 * French sentences. The other evaluates the conditions of the same rows from facts worked out beforehand, and their
 * points are summed; it must reach our outcome and our main partner, and find true the same rows as our trace.
 */
export const besideEngine =
  (name: string, engineOf: (rows: PlainRow[]) => Engine): Benchmark =>
  async () => {
    const cases = seenCases();
    const facts = cases.map((one) => one.facts);
    const engine = engineOf(translate(DEFAULT_RULESET));
    const ours = perSecond(cases.length, () => {
      for (const one of cases) routeProject(one.given, DEFAULT_RULESET, territory);
    });
    const held = await engine(facts);
    for (const [i, one] of cases.entries()) checkAgreement(name, one, held[i] ?? []);
    const theirs = perSecond(cases.length, async () => {
      const found = await engine(facts);
      for (const [i, one] of cases.entries()) conclude(one, found[i] ?? []);
    });
    return [await alternate(name, 'decisions/s', ours, theirs)];
  };

/** What the rows that hold decide: the first gate, else the desk with the most points. */
function conclude({ partners }: SeenCase, held: string[]): { outcome: Outcome; main: string | null } {
  const gate = DEFAULT_RULESET.gates.find(({ id }) => held.includes(id));
  if (gate) return { outcome: gate.outcome, main: null };
  const points = new Map<string, number>();
  for (const { id, role, weight } of DEFAULT_RULESET.rules) {
    if (role !== 'main' || !held.includes(id)) continue;
    for (const partner of partners.get(id) ?? []) points.set(partner, (points.get(partner) ?? 0) + weight);
  }
  const [best] = [...points].sort((a, b) => b[1] - a[1]);
  return best ? { outcome: 'routed', main: best[0] } : { outcome: 'triage', main: null };
}

function checkAgreement(name: string, one: SeenCase, held: string[]): void {
  const { outcome, main, trace } = one.decision;
  const theirs = conclude(one, held);
  const disagree = (what: string): never => {
    throw new Error(`${name} does not agree on ${one.id}: ${what}`);
  };
  if (theirs.outcome !== outcome || theirs.main !== main) disagree(`${theirs.outcome} ${theirs.main}`);
  if (outcome !== 'routed') return;
  const ours = new Set(trace.filter(({ verdict }) => verdict === 'true').map(({ rule }) => rule));
  const different = [...held.filter((id) => !ours.has(id)), ...[...ours].filter((id) => !held.includes(id))];
  if (different.length > 0) disagree(different.join(', '));
}
