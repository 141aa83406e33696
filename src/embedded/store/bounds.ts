import { compare, rank } from './compare.js';
import { hasOperators } from './match.js';
import { MISSING } from './paths.js';
import { bsonType, type Doc, isDoc } from './values.js';

/** What a filter asks of one path, as far as an index can tell: values to be equal to, or a stretch of values. */
export interface Bounds {
  /** The path equals one of these. */
  points: unknown[] | null;
  /** -1 when a value lies before the stretch, 0 within, 1 after; several when several comparisons were given. */
  stretches: ((value: unknown) => number)[];
}

/**
 * Reads the bounds of each path from a filter's own fields and its $and clauses. They are necessary conditions only: every
 * document found through them is still asked the whole filter.
 */
export function readBounds(filter: Doc): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  gather(filter, bounds);
  return bounds;
}

function gather(filter: Doc, bounds: Map<string, Bounds>): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') for (const clause of condition as Doc[]) gather(clause, bounds);
    if (path.startsWith('$')) continue;
    const found = bounds.get(path) ?? { points: null, stretches: [] };
    if (!hasOperators(condition)) narrowToPoints(found, [condition]);
    else for (const [operator, operand] of Object.entries(condition)) narrow(found, operator, operand);
    bounds.set(path, found);
  }
}

function narrow(bounds: Bounds, operator: string, operand: unknown): void {
  if (operator === '$eq') narrowToPoints(bounds, [operand]);
  else if (operator === '$in') narrowToPoints(bounds, operand as unknown[]);
  else if (['$gt', '$gte', '$lt', '$lte'].includes(operator) && isStretchable(operand)) {
    bounds.stretches.push(stretch(operator, operand));
  }
}

/** Arrays are filed by element and regexes describe many values: neither is a point of an index. */
function narrowToPoints(bounds: Bounds, points: unknown[]): void {
  if (points.some((point) => Array.isArray(point) || bsonType(point) === 'BSONRegExp')) return;
  if (bounds.points === null || points.length < bounds.points.length) bounds.points = points;
}

function isStretchable(operand: unknown): boolean {
  const type = bsonType(operand);
  return operand !== null && !Array.isArray(operand) && !isDoc(operand) && type !== 'MinKey' && type !== 'MaxKey';
}

/** Ranges stay within the type of their bound. */
function stretch(operator: string, bound: unknown): (value: unknown) => number {
  const boundRank = rank(bound);
  const beyond = operator.startsWith('$lt') ? 1 : -1;
  const boundIsOut = operator === '$lt' || operator === '$gt';
  return (value) => {
    const byType = rank(value) - boundRank;
    if (byType !== 0) return byType;
    const order = compare(value, bound);
    if (order === 0) return boundIsOut ? beyond : 0;
    return order * beyond > 0 ? beyond : 0;
  };
}

/** Reads a filter's `_id` equality, the most common query of all; MISSING when it has none. */
export function idEquality(filter: Doc): unknown {
  const condition = Object.hasOwn(filter, '_id') ? filter['_id'] : MISSING;
  if (!hasOperators(condition)) return bsonType(condition) === 'BSONRegExp' ? MISSING : condition;
  return Object.keys(condition).length === 1 && '$eq' in condition ? condition['$eq'] : MISSING;
}
