import type { BSONRegExp } from 'bson';
import { complement, EVERYTHING, holds, type Interval, intersection, point, union } from './intervals.js';
import { hasOperators } from './match.js';
import { isOrdered, range } from './ranges.js';
import { prefixInterval } from './regexPrefix.js';
import { bsonType, type Doc } from './values.js';

/** Every document that passes a condition has a key within these intervals. */
export interface Bound {
  intervals: Interval[];
  /** Whether having such a key also is enough to pass. */
  exact: boolean;
  /** Whether documents without the field cannot pass. */
  present: boolean;
}

/**
 * Reads the bounds of a condition on one path. Each bound is necessary by itself: of an array, one element may pass the
 * one and another the other. `complete`: together the bounds say all that the condition says.
 */
export function readBounds(condition: unknown): { bounds: Bound[]; complete: boolean } {
  if (!hasOperators(condition)) return several([equality(condition)]);
  return several(
    Object.entries(condition).flatMap(([operator, operand]) => {
      if (operator === '$all' && Array.isArray(operand)) return operand.map(elementOfAll);
      return operator === '$options' ? [] : [boundOf(operator, operand, condition)];
    }),
  );
}

function several(bounds: (Bound | null)[]): { bounds: Bound[]; complete: boolean } {
  const told = bounds.filter((bound) => bound !== null);
  return {
    bounds: told,
    complete: told.length > 0 && told.length === bounds.length && told.every(({ exact }) => exact),
  };
}

function elementOfAll(wanted: unknown): Bound | null {
  return hasOperators(wanted) ? boundOf('$elemMatch', wanted['$elemMatch'], wanted) : equality(wanted);
}

function boundOf(operator: string, operand: unknown, siblings: Doc): Bound | null {
  switch (operator) {
    case '$eq':
      return bsonType(operand) === 'BSONRegExp' ? null : equality(operand);
    case '$in':
      return oneOf(operand as unknown[]);
    case '$ne':
      return not(equality(operand));
    case '$nin':
      return not(oneOf(operand as unknown[]));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return isOrdered(operand) ? bound([range(operator, operand)], true) : null;
    case '$exists':
      return existence(operand);
    case '$regex':
      return matching(operand, siblings['$options']);
    case '$elemMatch':
      return oneElement(operand);
    default:
      return null;
  }
}

function bound(intervals: Interval[], exact: boolean): Bound {
  const inOrder = union(intervals);
  return { intervals: inOrder, exact, present: !holds(inOrder, null) && !holds(inOrder, undefined) };
}

/** Null, which missing fields are filed under, also equals them. */
function equality(value: unknown): Bound | null {
  if (Array.isArray(value)) return null;
  if (bsonType(value) !== 'BSONRegExp') return bound([point(value)], true);
  const { pattern, options } = value as BSONRegExp;
  const prefix = prefixInterval(pattern, options);
  return prefix === null ? null : bound([prefix, point(value)], false);
}

function oneOf(values: unknown[]): Bound | null {
  const each = values.map(equality);
  if (each.includes(null)) return null;
  return bound(
    each.flatMap((one) => one!.intervals),
    each.every((one) => one!.exact),
  );
}

function not(excluded: Bound | null): Bound | null {
  return excluded?.intervals.every(({ from, to }) => from.at === to.at) === true
    ? bound(complement(excluded.intervals), false)
    : null;
}

/** An empty array, and a path that ends among the scalars of an array, are filed under undefined. */
function existence(operand: unknown): Bound | null {
  if (operand === true) return { intervals: [EVERYTHING], exact: false, present: true };
  return operand === false ? bound([point(undefined), point(null)], false) : null;
}

function matching(operand: unknown, options: unknown): Bound | null {
  const regex = typeof operand === 'string' ? { pattern: operand, options: '' } : (operand as BSONRegExp);
  const prefix = prefixInterval(regex.pattern, String(options ?? regex.options));
  return prefix === null ? null : bound([prefix], false);
}

/** {$elemMatch: {$gte: 1, $lt: 5}}: here it is one element that passes all. */
function oneElement(operand: unknown): Bound | null {
  if (!hasOperators(operand)) return null;
  const each = Object.entries(operand).map(([operator, inner]) => boundOf(operator, inner, operand));
  const told = each.filter((one) => one !== null);
  if (told.length === 0) return null;
  return bound(
    told.reduce((all, { intervals }) => intersection(all, intervals), [EVERYTHING]),
    false,
  );
}
