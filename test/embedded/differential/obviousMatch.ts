import { BSONRegExp } from 'bson';
import { compare, rank } from '../../../src/embedded/store/compare.js';

export type Doc = Record<string, unknown>;

/** Stands for a field that is not there. */
const MISSING = Symbol('missing');

const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** All that lies at a path: arrays on the way are entered, one at the end is given whole. */
export function valuesAt(value: unknown, path: string[]): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (Array.isArray(value)) return value.filter(isDoc).flatMap((element) => valuesAt(element, path));
  if (!isDoc(value) || !Object.hasOwn(value, name)) return [MISSING];
  return valuesAt(value[name], rest);
}

/** The same, with the elements of an array at the end, then the array. */
const elementsAt = (doc: Doc, path: string[]): unknown[] =>
  valuesAt(doc, path).flatMap((value) => (Array.isArray(value) ? [...value, value] : [value]));

const present = (value: unknown): unknown => (value === MISSING || value === undefined ? null : value);

const equals = (wanted: unknown) => (value: unknown) =>
  wanted instanceof BSONRegExp
    ? matchesRegex(value, wanted.pattern, wanted.options) || compare(present(value), wanted) === 0
    : compare(present(value), wanted) === 0;

function matchesRegex(value: unknown, pattern: string, options: string): boolean {
  return typeof value === 'string' && new RegExp(pattern, `${options}u`).test(value);
}

function isOrdered(value: unknown, wanted: unknown, holds: (order: number) => boolean): boolean {
  const found = present(value);
  if (rank(found) !== rank(wanted)) return false;
  if (Number.isNaN(found) !== Number.isNaN(wanted)) return false;
  return holds(compare(found, wanted));
}

const isCondition = (condition: unknown): condition is Doc =>
  isDoc(condition) && Object.keys(condition)[0]?.startsWith('$') === true;

/** Whether a document passes a filter: evaluated as it reads, document by document. */
export function passes(doc: Doc, filter: Doc): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (key === '$and') return (condition as Doc[]).every((clause) => passes(doc, clause));
    if (key === '$or') return (condition as Doc[]).some((clause) => passes(doc, clause));
    if (key === '$nor') return !(condition as Doc[]).some((clause) => passes(doc, clause));
    const path = key.split('.');
    return meets(condition, elementsAt(doc, path), valuesAt(doc, path));
  });
}

/** @param values what the path gives, elements of arrays included; `wholes` the same, arrays whole */
function meets(condition: unknown, values: unknown[], wholes: unknown[]): boolean {
  if (!isCondition(condition)) return values.some(equals(condition));
  return Object.entries(condition).every(([operator, operand]) => {
    const list = operand as unknown[];
    switch (operator) {
      case '$ne':
        return !values.some(equals(operand));
      case '$in':
        return list.some((wanted) => values.some(equals(wanted)));
      case '$nin':
        return !list.some((wanted) => values.some(equals(wanted)));
      case '$gt':
        return values.some((value) => isOrdered(value, operand, (order) => order > 0));
      case '$gte':
        return values.some((value) => isOrdered(value, operand, (order) => order >= 0));
      case '$lt':
        return values.some((value) => isOrdered(value, operand, (order) => order < 0));
      case '$lte':
        return values.some((value) => isOrdered(value, operand, (order) => order <= 0));
      case '$exists':
        return wholes.some((value) => value !== MISSING) === operand;
      case '$not':
        return !meets(operand, values, wholes);
      case '$all':
        return list.length > 0 && list.every((wanted) => values.some(equals(wanted)));
      case '$elemMatch':
        return wholes.some((whole) => Array.isArray(whole) && whole.some((element) => isMet(operand as Doc, element)));
      case '$regex':
        return values.some((value) => matchesRegex(value, String(operand), String(condition['$options'] ?? '')));
      case '$options':
        return true;
      default:
        throw new Error(`The model does not know ${operator}`);
    }
  });
}

function isMet(condition: Doc, element: unknown): boolean {
  if (isCondition(condition)) return meets(condition, [element], [element]);
  if (Array.isArray(element)) return passes({ ...element } as unknown as Doc, condition);
  return isDoc(element) && passes(element, condition);
}

/** What a document is sorted by: of an array the least or the greatest element. */
export function sortKey(doc: Doc, path: string, way: number): unknown {
  const values = valuesAt(doc, path.split('.'));
  const all = values.flatMap((value) => {
    if (!Array.isArray(value)) return [present(value)];
    return value.length === 0 ? [undefined] : value;
  });
  if (all.length === 0) return null;
  return all.reduce((best, value) => (compare(value, best) * way < 0 ? value : best));
}
