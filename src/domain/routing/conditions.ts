import type { Verdict } from './decision.js';
import type { Seen } from './facts.js';
import type { FactId } from './factTable.js';
import type { Condition, Place } from './rule.js';
import { describeCondition, factInWords } from './wording.js';

/** One elementary condition, as it was seen. */
export interface SeenCondition {
  text: string;
  saw: string;
  verdict: Verdict;
}

export interface Evaluation {
  verdict: Verdict;
  /** The elementary conditions that were looked at: `all` stops at the first false one, `any` at the first true one. */
  conditions: SeenCondition[];
  /** How many answers were presumed to reach "true". */
  presumed: number;
}

const OPPOSITE: Record<Verdict, Verdict> = { true: 'false', false: 'true', unknown: 'unknown' };

/**
 * Evaluates a condition with three values (Kleene): unknown is not false, and "not unknown" is unknown. Total: any
 * condition on any facts has a verdict; a condition that does not suit its fact is unknown. `negated` evaluates the
 * contrary, so that the trace always states what was asked for, never the contrary of it.
 */
export function evaluate(condition: Condition, seen: Seen, negated = false): Evaluation {
  switch (condition.op) {
    case 'all':
      return evaluateMany(condition.of, seen, negated, negated ? 'true' : 'false');
    case 'any':
      return evaluateMany(condition.of, seen, negated, negated ? 'false' : 'true');
    case 'not':
      return evaluate(condition.of, seen, !negated);
    case 'presumed':
      return presume(evaluate(condition.of, seen, negated), negated);
    default:
      return evaluateOne(condition, seen, negated);
  }
}

/** `decisive`: the verdict of one part that settles the whole. */
function evaluateMany(parts: Condition[], seen: Seen, negated: boolean, decisive: 'true' | 'false'): Evaluation {
  const whole: Evaluation = { verdict: OPPOSITE[decisive], conditions: [], presumed: 0 };
  for (const part of parts) {
    const one = evaluate(part, seen, negated);
    whole.conditions.push(...one.conditions);
    if (one.verdict === decisive)
      return { ...whole, verdict: decisive, presumed: decisive === 'true' ? one.presumed : 0 };
    if (one.verdict === 'unknown') whole.verdict = 'unknown';
    whole.presumed += one.presumed;
  }
  return whole;
}

/** What is presumed is presumed true; under a negation its contrary is therefore false. */
function presume(inner: Evaluation, negated: boolean): Evaluation {
  if (inner.verdict !== 'unknown') return inner;
  return negated ? { ...inner, verdict: 'false' } : { ...inner, verdict: 'true', presumed: inner.presumed + 1 };
}

type Elementary = Exclude<Condition, { op: 'all' | 'any' | 'not' | 'presumed' }>;

function evaluateOne(condition: Elementary, seen: Seen, negated: boolean): Evaluation {
  const positive = condition.op === 'inTerritory' ? isIn(condition.places, seen) : holds(condition, seen);
  const verdict = negated ? OPPOSITE[positive] : positive;
  const text = describeCondition(condition, seen.territory, negated);
  return { verdict, conditions: [{ text, saw: sawOf(condition, seen), verdict }], presumed: 0 };
}

const verdictOf = (value: boolean): Verdict => (value ? 'true' : 'false');

function holds(condition: Exclude<Elementary, { op: 'inTerritory' }>, seen: Seen): Verdict {
  const value = seen.values[condition.fact];
  if (condition.op === 'isKnown') return verdictOf(value !== null);
  if (value === null) return 'unknown';
  switch (condition.op) {
    case 'equals':
      return verdictOf(value === condition.value);
    case 'in':
      return verdictOf(condition.values.includes(String(value)));
    case 'contains':
      return Array.isArray(value) ? verdictOf(condition.values.some((one) => value.includes(one))) : 'unknown';
    case 'atLeast':
      return typeof value === 'number' ? verdictOf(value >= condition.value) : 'unknown';
    case 'atMost':
      return typeof value === 'number' ? verdictOf(value <= condition.value) : 'unknown';
    case 'between':
      return typeof value === 'number' ? verdictOf(value >= condition.from && value <= condition.to) : 'unknown';
  }
}

function isIn(places: Place[], { commune, epci }: Seen): Verdict {
  if (commune === null) return 'unknown';
  const around = new Set([commune.department, commune.epci, epci?.territoireIndustrie]);
  if (epci) around.add('perimeter');
  if (epci?.inPole) around.add('pole');
  if (epci?.isMetropole) around.add('metropole');
  if (epci?.territoireIndustrie) around.add('territoire-industrie');
  return verdictOf(places.some((place) => around.has(place)));
}

function sawOf(condition: Elementary, seen: Seen): string {
  if (condition.op !== 'inTerritory') return factInWords(condition.fact as FactId, seen.values[condition.fact]);
  if (seen.commune === null) return 'non précisé';
  const where = seen.epci ? seen.epci.name : `département ${seen.commune.department}`;
  return `${seen.commune.name} (${where})`;
}
