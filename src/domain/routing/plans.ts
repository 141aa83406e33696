import type { Judgement, SeenCondition, Trial } from './conditions.js';
import type { RuleTrace } from './decision.js';
import type { FactValues, Seen } from './facts.js';
import type { FactId } from './factTable.js';

/** What a row gives whenever the needs are these, whatever the other answers: worked out once, told many times. */
export interface Fixed {
  readonly judgement: Judgement;
  readonly conditions: SeenCondition[];
  /** The row's traces, one for each partner that it designated so far. */
  readonly traces: Map<string | null, RuleTrace>;
}

/** For each row, what is fixed by the needs of this project (and, once known, by the decision), or null. */
export type Plan = (Fixed | null)[];

/**
 * Most rows stop at their first condition, on the main need. Gives, for a project, which rows are fixed by its main need,
 * by having no other need, and by the outcome and the kind of the main partner; the rest must be tried. What is fixed is
 * found by trying the row and noting what it reads, so that it holds for any condition. A few hundred plans at most.
 */
export function planner(trials: Trial[]): (seen: Seen) => Plan {
  const plans = new Map<unknown, Map<unknown, Map<unknown, Plan>>>();
  return (seen) => {
    const { mainNeed, outcome, mainKind } = seen.values;
    const isAlone = seen.needs.length < 2;
    const byOutcome = within(within(plans, mainNeed), mainKind);
    const key = isAlone ? `${outcome} alone` : outcome;
    let plan = byOutcome.get(key);
    if (plan === undefined) {
      plan = trials.map((trial) => fix(trial, seen));
      byOutcome.set(key, plan);
    }
    return plan;
  };
}

function within<Value>(map: Map<unknown, Map<unknown, Value>>, key: unknown): Map<unknown, Value> {
  let inner = map.get(key);
  if (inner === undefined) {
    inner = new Map();
    map.set(key, inner);
  }
  return inner;
}

function fix(trial: Trial, seen: Seen): Fixed | null {
  const settled = new Set<string>(['mainNeed', 'outcome', 'mainKind']);
  if (seen.needs.length <= 1) settled.add('otherNeeds');
  if (seen.needs.length <= 1 || seen.needs[0] !== 'advice') settled.add('preciseNeed');
  let isFixed = true;
  const values = new Proxy(seen.values, {
    get: (all, fact: FactId) => {
      if (!settled.has(fact)) isFixed = false;
      return all[fact];
    },
  }) satisfies FactValues;
  const noted: Seen = {
    needs: seen.needs,
    values,
    said: {},
    profile: seen.profile,
    get commune() {
      isFixed = false;
      return seen.commune;
    },
  };
  const conditions: SeenCondition[] = [];
  const judgement = trial(noted, conditions);
  if (!isFixed) return null;
  for (const one of conditions) Object.freeze(one);
  return { judgement, conditions: Object.freeze(conditions) as SeenCondition[], traces: new Map() };
}
