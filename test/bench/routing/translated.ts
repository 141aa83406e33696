import type { Condition, Doubt, Gate, Rule, Ruleset } from '../../../src/domain/routing/rule.js';
import type { SeenCase } from './cases.js';

/** A condition with two values only, as other engines have them; `value: null` stands for what is not known. */
export type Plain =
  | { all: Plain[] }
  | { any: Plain[] }
  | {
      test: 'equal' | 'notEqual' | 'in' | 'notIn' | 'atLeast' | 'atMost' | 'meets' | 'misses';
      fact: string;
      value: unknown;
    };

/** One row of our ruleset as other engines evaluate it: does it hold? */
export interface PlainRow {
  id: string;
  when: Plain;
}

/** Every row of a ruleset: those that settle the outcome, those for partners, and the doubts. */
export const translate = ({ gates, rules, doubts }: Ruleset): PlainRow[] =>
  [...gates, ...rules, ...doubts].map((row: Gate | Rule | Doubt) => ({ id: row.id, when: isTrue(row.when) }));

/**
 * Three values made two: "is it true?" and "is it false?" are two questions, and what is presumed is true when it is not
 * false. Exact, by the laws of Kleene's logic.
 */
function isTrue(condition: Condition): Plain {
  switch (condition.op) {
    case 'all':
      return { all: condition.of.map(isTrue) };
    case 'any':
      return { any: condition.of.map(isTrue) };
    case 'not':
      return isFalse(condition.of);
    case 'presumed':
      return isNotFalse(condition.of);
    default:
      return leaf(condition, true);
  }
}

function isFalse(condition: Condition): Plain {
  switch (condition.op) {
    case 'all':
      return { any: condition.of.map(isFalse) };
    case 'any':
      return { all: condition.of.map(isFalse) };
    case 'not':
      return isTrue(condition.of);
    case 'presumed':
      return isFalse(condition.of);
    default:
      return leaf(condition, false);
  }
}

function isNotFalse(condition: Condition): Plain {
  switch (condition.op) {
    case 'all':
      return { all: condition.of.map(isNotFalse) };
    case 'any':
      return { any: condition.of.map(isNotFalse) };
    case 'not':
      return isNotTrue(condition.of);
    case 'presumed':
      return isNotFalse(condition.of);
    default:
      return { any: [leaf(condition, true), unknown(condition)] };
  }
}

function isNotTrue(condition: Condition): Plain {
  switch (condition.op) {
    case 'all':
      return { any: condition.of.map(isNotTrue) };
    case 'any':
      return { all: condition.of.map(isNotTrue) };
    case 'not':
      return isNotFalse(condition.of);
    case 'presumed':
      return isFalse(condition.of);
    default:
      return { any: [leaf(condition, false), unknown(condition)] };
  }
}

type Leaf = Exclude<Condition, { op: 'all' | 'any' | 'not' | 'presumed' }>;

const factOf = (condition: Leaf): string => (condition.op === 'inTerritory' ? 'around' : condition.fact);

const isKnown = (fact: string): Plain => ({ test: 'notEqual', fact, value: null });
const unknown = (condition: Leaf): Plain => ({ test: 'equal', fact: factOf(condition), value: null });

function leaf(condition: Leaf, holds: boolean): Plain {
  const fact = factOf(condition);
  const known = (test: Plain): Plain => ({ all: [isKnown(fact), test] });
  switch (condition.op) {
    case 'isKnown':
      return { test: holds ? 'notEqual' : 'equal', fact, value: null };
    case 'equals':
      return known({ test: holds ? 'equal' : 'notEqual', fact, value: condition.value });
    case 'in':
      return known({ test: holds ? 'in' : 'notIn', fact, value: condition.values });
    case 'contains':
      return known({ test: holds ? 'meets' : 'misses', fact, value: condition.values });
    case 'inTerritory':
      return known({ test: holds ? 'meets' : 'misses', fact, value: condition.places });
    case 'atMost':
      if (holds) return known({ test: 'atMost', fact, value: condition.value });
  }
  throw new Error(`no translation of ${condition.op}`);
}

/** Another engine: for the facts of each case, the rows that hold. */
export type Engine = (all: SeenCase['facts'][]) => Promise<string[][]>;
