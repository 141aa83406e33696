import { deepStrictEqual } from 'node:assert';
import { EJSON } from 'bson';
import type { Doc } from './format.js';

/** Thrown when a case is given what it does not expect; the message says where and what. */
export class Mismatch extends Error {}

/** What `$$matchesEntity` and `$$sessionLsid` look up. */
export type Lookup = (id: string) => unknown;

/**
 * Holds what came against what is expected, with the special operators of the format ($$exists, $$type and so on).
 * @param isRoot a document at the root may have more fields than are expected
 * Errors: Mismatch.
 */
export function match(expected: unknown, actual: unknown, lookup: Lookup, where = 'result', isRoot = true): void {
  if (isPlain(expected)) {
    const operator = Object.keys(expected)[0];
    if (operator?.startsWith('$$')) special(operator, expected[operator], actual, lookup, where, isRoot);
    else matchDocument(expected, asDocument(actual, where), lookup, where, isRoot);
    return;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) throw mismatch(where, expected, actual);
    // The documents of a list that is itself at the root stand there too: those that a cursor gave, say.
    for (const [i, element] of expected.entries()) match(element, actual[i], lookup, `${where}[${i}]`, isRoot);
    return;
  }
  if (typeof expected === 'number' && actual !== null && typeof actual !== 'string' && Number(actual) === expected)
    return;
  same(expected, actual, where);
}

function matchDocument(expected: Doc, actual: Doc, lookup: Lookup, where: string, isRoot: boolean): void {
  for (const [name, value] of Object.entries(expected)) match(value, actual[name], lookup, `${where}.${name}`, false);
  if (isRoot) return;
  const extra = Object.keys(actual).filter((name) => !(name in expected) && actual[name] !== undefined);
  if (extra.length > 0) throw new Mismatch(`${where} has more than is expected: ${extra.join(', ')}`);
}

function special(
  operator: string,
  operand: unknown,
  actual: unknown,
  lookup: Lookup,
  where: string,
  isRoot: boolean,
): void {
  const isSet = actual !== undefined && actual !== null;
  switch (operator) {
    case '$$exists':
      if ((actual !== undefined) !== operand && !(operand === false && actual === null))
        throw mismatch(where, { $$exists: operand }, actual);
      return;
    case '$$unsetOrMatches':
      if (isSet) match(operand, actual, lookup, where, isRoot);
      return;
    case '$$type':
      if (![operand].flat().some((name) => isOfType(String(name), actual)))
        throw mismatch(where, { $$type: operand }, actual);
      return;
    case '$$matchesEntity':
      match(lookup(String(operand)), actual, lookup, where, isRoot);
      return;
    case '$$sessionLsid':
      same((lookup(String(operand)) as { id: unknown }).id, actual, where);
      return;
    case '$$lte':
      if (!(Number(actual) <= Number(operand))) throw mismatch(where, { $$lte: operand }, actual);
      return;
    case '$$matchAsDocument':
      match(operand, EJSON.parse(String(actual)), lookup, where, false);
      return;
    case '$$matchAsRoot':
      match(operand, actual, lookup, where, true);
      return;
    case '$$matchesHexBytes':
      same(String(operand).toLowerCase(), Buffer.from(actual as Uint8Array).toString('hex'), where);
      return;
    default:
      throw new Mismatch(`the operator ${operator} is not known to this runner`);
  }
}

const TYPES: Record<string, (value: unknown) => boolean> = {
  object: isPlain,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  int: (value) => Number.isInteger(value),
  long: (value) => Number.isInteger(value) || hasType(value, 'Long'),
  double: (value) => typeof value === 'number' || hasType(value, 'Double'),
  number: (value) => typeof value === 'number' || hasType(value, 'Long'),
  decimal: (value) => hasType(value, 'Decimal128'),
  objectId: (value) => hasType(value, 'ObjectId'),
  binData: (value) => hasType(value, 'Binary') || value instanceof Uint8Array,
  timestamp: (value) => hasType(value, 'Timestamp'),
  null: (value) => value === null,
};

function isOfType(name: string, value: unknown): boolean {
  const test = TYPES[name];
  if (test === undefined) throw new Mismatch(`the type ${name} is not known to this runner`);
  return test(value);
}

function hasType(value: unknown, name: string): boolean {
  return (value as { _bsontype?: string } | null | undefined)?._bsontype === name;
}

function isPlain(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The driver gives some results as classes, and those of a client's bulk write as maps. */
function asDocument(actual: unknown, where: string): Doc {
  if (actual instanceof Map) return Object.fromEntries(actual) as Doc;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual))
    throw mismatch(where, 'a document', actual);
  return actual as Doc;
}

function same(expected: unknown, actual: unknown, where: string): void {
  try {
    deepStrictEqual(canonical(actual), canonical(expected));
  } catch {
    throw mismatch(where, expected, actual);
  }
}

function canonical(value: unknown): unknown {
  return value === undefined ? undefined : EJSON.parse(EJSON.stringify({ value }, { relaxed: false }));
}

function mismatch(where: string, expected: unknown, actual: unknown): Mismatch {
  const shown = (value: unknown) => (value === undefined ? 'nothing' : EJSON.stringify(value).slice(0, 600));
  return new Mismatch(`${where}: expected ${shown(expected)}, got ${shown(actual)}`);
}
