import type { Territory } from '../territory/territory.js';
import type { Verdict } from './decision.js';
import { type Seen, sawOf } from './facts.js';
import { FACTS } from './factTable.js';
import { holds, isThere } from './holds.js';
import type { Elementary } from './leaves.js';
import type { Condition } from './rule.js';
import { describeCondition } from './wording.js';

/** One elementary condition, as it was seen. */
export interface SeenCondition {
  text: string;
  saw: string;
  verdict: Verdict;
}

/**
 * A condition made ready to be tried many times. Gives its verdict; pushes into `into`, when given, the elementary
 * conditions that were looked at: `all` stops at the first false one, `any` at the first true one. The verdict is the
 * same with and without `into`: there is one way of deciding, told or not.
 */
export type Trial = (seen: Seen, into: SeenCondition[] | null) => Judgement;

/** A verdict, and how many answers were presumed to reach "true". Never changed once made: they are shared. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly presumed: number;
}

const PLAIN: Record<Verdict, Judgement> = {
  true: { verdict: 'true', presumed: 0 },
  false: { verdict: 'false', presumed: 0 },
  unknown: { verdict: 'unknown', presumed: 0 },
};
const OPPOSITE: Record<Verdict, Verdict> = { true: 'false', false: 'true', unknown: 'unknown' };

const judgement = (verdict: Verdict, presumed: number): Judgement =>
  presumed === 0 ? PLAIN[verdict] : { verdict, presumed };

/**
 * Prepares a condition with three values (Kleene): unknown is not false, and "not unknown" is unknown. Total: any
 * condition on any facts has a verdict; a condition that does not suit its fact is unknown. `negated` prepares the
 * contrary, so that the trace always states what was asked for, never the contrary of it. `shared` keeps elementary
 * conditions, so that the many rules that ask the same thing of a project look at it once.
 */
export function prepareCondition(
  condition: Condition,
  territory: Territory,
  shared: Map<string, Trial> = new Map(),
  negated = false,
): Trial {
  switch (condition.op) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((one) => prepareCondition(one, territory, shared, negated));
      return tryMany(parts, (condition.op === 'all') === negated ? 'true' : 'false');
    }
    case 'not':
      return prepareCondition(condition.of, territory, shared, !negated);
    case 'presumed':
      return presume(prepareCondition(condition.of, territory, shared, negated), negated);
    default: {
      const key = `${negated} ${JSON.stringify(condition)}`;
      const trial = shared.get(key) ?? tryOne(condition, territory, negated);
      shared.set(key, trial);
      return trial;
    }
  }
}

/** `decisive`: the verdict of one part that settles the whole. */
function tryMany(parts: Trial[], decisive: 'true' | 'false'): Trial {
  return (seen, into) => {
    let verdict: Verdict = OPPOSITE[decisive];
    let presumed = 0;
    for (const part of parts) {
      const one = part(seen, into);
      if (one.verdict === decisive) return decisive === 'true' ? one : PLAIN.false;
      if (one.verdict === 'unknown') verdict = 'unknown';
      presumed += one.presumed;
    }
    return judgement(verdict, presumed);
  };
}

/** What is presumed is presumed true; under a negation its contrary is therefore false. */
function presume(inner: Trial, negated: boolean): Trial {
  return (seen, into) => {
    const one = inner(seen, into);
    if (one.verdict !== 'unknown') return one;
    return negated ? judgement('false', one.presumed) : judgement('true', one.presumed + 1);
  };
}

/** Facts with few values: what was seen is said once for each of them. */
const FEW = new Set(['choice', 'yes-no']);

function tryOne(condition: Elementary, territory: Territory, negated: boolean): Trial {
  const text = describeCondition(condition, territory, negated);
  const isPlace = condition.op === 'inTerritory';
  const verdictOn = (seen: Seen): Verdict => {
    const positive = isPlace ? isThere(condition.places, seen) : holds(condition, seen);
    return negated ? OPPOSITE[positive] : positive;
  };
  const look = (seen: Seen, verdict = verdictOn(seen)): SeenCondition => {
    return { text, saw: sawOf(isPlace ? 'place' : condition.fact, seen), verdict };
  };
  if (isPlace || !FEW.has(FACTS[condition.fact]?.kind)) return tryAfresh(verdictOn, look);
  const known = new Map<unknown, Readonly<SeenCondition>>();
  return (seen, into) => {
    const value = seen.values[condition.fact];
    let one = known.get(value);
    if (one === undefined) {
      one = Object.freeze(look(seen));
      known.set(value, one);
    }
    into?.push(one);
    return PLAIN[one.verdict];
  };
}

/** Looks once at each project, however many rules ask; says what it saw only to who asks. */
function tryAfresh(verdictOn: (seen: Seen) => Verdict, look: (seen: Seen, verdict: Verdict) => SeenCondition): Trial {
  let last: Seen | null = null;
  let verdict: Verdict = 'unknown';
  let told: SeenCondition | null = null;
  return (seen, into) => {
    if (seen !== last) {
      verdict = verdictOn(seen);
      last = seen;
      told = null;
    }
    if (into !== null) {
      told ??= look(seen, verdict);
      into.push(told);
    }
    return PLAIN[verdict];
  };
}
