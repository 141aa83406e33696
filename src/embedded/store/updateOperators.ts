import { Timestamp } from 'bson';
import { bits } from './bits.js';
import { compare, equal } from './compare.js';
import { CommandError, notServed } from './errors.js';
import { keyOf } from './keys.js';
import { compileFilter, hasOperators } from './match.js';
import { add, isNumber, multiply } from './numbers.js';
import { MISSING } from './paths.js';
import { elementTest, equalityTest, type Test } from './predicates.js';
import type { Settings } from './settings.js';
import { sortDocs } from './sort.js';
import { typeName } from './typeNames.js';
import { type Doc, integer, isDoc } from './values.js';

/** What becomes of the value at a path; MISSING stands for none, before and after. */
export type Change = (before: unknown) => unknown;
type Prepare = (path: string, operand: unknown, now: Date, settings: Settings) => Change;

const set: Prepare = (_path, operand) => (before) => (same(before, operand) ? before : operand);

export const UPDATE_OPERATORS: Record<string, Prepare> = {
  $set: set,
  $setOnInsert: set,
  $unset: () => () => MISSING,
  $inc: (path, operand) => reckoning('$inc', path, operand, (before) => add(before, operand), operand),
  $mul: (path, operand) =>
    reckoning('$mul', path, operand, (before) => multiply(before, operand), multiply(operand, 0)),
  $min: (_path, operand) => (before) => (before === MISSING || compare(operand, before) < 0 ? operand : before),
  $max: (_path, operand) => (before) => (before === MISSING || compare(operand, before) > 0 ? operand : before),
  $currentDate: (path, operand, now) => {
    const type = isDoc(operand) ? operand['$type'] : 'date';
    if (operand !== true && type !== 'date' && type !== 'timestamp')
      throw new CommandError(2, `$currentDate of '${path}' is not understood`);
    return () => (type === 'timestamp' ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : now);
  },
  $bit: bits,
  $push,
  $addToSet,
  $pull: (path, operand, _now, settings) => {
    const goes = pullTest(operand, settings);
    return removing('$pull', path, (element) => goes(element));
  },
  $pullAll: (path, operand) => {
    if (!Array.isArray(operand)) throw new CommandError(2, '$pullAll requires an array argument');
    return removing('$pullAll', path, (element) => operand.some((gone) => equal(gone, element)));
  },
  $pop: (path, operand) => {
    const end = integer(operand, '$pop');
    if (end !== 1 && end !== -1) throw new CommandError(9, '$pop expects 1 or -1');
    return (before) => {
      if (before === MISSING) return before;
      const array = arrayAt('$pop', path, before);
      return array.length === 0 ? before : end === 1 ? array.slice(0, -1) : array.slice(1);
    };
  },
};

/** Equal in value and in type: 1 and 1.0 are equal to a query, but setting the one over the other is a change. */
export function same(a: unknown, b: unknown): boolean {
  if (a === MISSING || typeName(a) !== typeName(b)) return false;
  if (Array.isArray(a))
    return a.length === (b as unknown[]).length && a.every((value, i) => same(value, (b as unknown[])[i]));
  if (!isDoc(a)) return equal(a, b);
  return equal(a, b) && Object.keys(a).every((key) => same(a[key], (b as Doc)[key]));
}

function reckoning(name: string, path: string, operand: unknown, apply: Change, start: unknown): Change {
  if (!isNumber(operand)) throw new CommandError(14, `Cannot ${name} '${path}' with a non-numeric argument`);
  return (before) => {
    if (before === MISSING) return start;
    if (!isNumber(before))
      throw new CommandError(
        14,
        `Cannot apply ${name} to the value of '${path}' of non-numeric type ${typeName(before)}`,
      );
    const after = apply(before);
    return same(before, after) ? before : after;
  };
}

function arrayAt(name: string, path: string, value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw new CommandError(2, `The field '${path}' must be an array for ${name}, but is of type ${typeName(value)}`);
  return value;
}

function removing(name: string, path: string, goes: Test): Change {
  return (before) => {
    if (before === MISSING) return before;
    const array = arrayAt(name, path, before);
    const kept = array.filter((element) => !goes(element));
    return kept.length === array.length ? before : kept;
  };
}

/** $pull with a document asks each element as a query does; with anything else, whether it is equal. */
function pullTest(operand: unknown, settings: Settings): Test {
  if (hasOperators(operand)) {
    const matches = compileFilter({ element: operand }, settings);
    return (element) => matches({ element });
  }
  if (!isDoc(operand))
    return operand === null ? elementTest('$eq', null, {}) : equalityTest(operand, settings.collation);
  const matches = compileFilter(operand, settings);
  return (element) => isDoc(element) && matches(element);
}

function eachOf(name: string, operand: unknown, allowed: string[]): { each: unknown[]; modifiers: Doc } {
  if (!isDoc(operand) || !Object.hasOwn(operand, '$each')) return { each: [operand], modifiers: {} };
  const { $each: each, ...modifiers } = operand;
  if (!Array.isArray(each)) throw new CommandError(2, `The argument to $each in ${name} must be an array`);
  const unknown = Object.keys(modifiers).find((modifier) => !allowed.includes(modifier));
  if (unknown !== undefined) throw new CommandError(2, `Unrecognized clause in ${name}: ${unknown}`);
  return { each, modifiers };
}

function $push(path: string, operand: unknown): Change {
  const { each, modifiers } = eachOf('$push', operand, ['$position', '$slice', '$sort']);
  const { $position: position, $slice: slice, $sort: sort } = modifiers;
  const at = position === undefined ? null : integer(position, '$position');
  const size = slice === undefined ? null : integer(slice, '$slice');
  return (before) => {
    let array = before === MISSING ? [] : arrayAt('$push', path, before).slice();
    array.splice(at ?? array.length, 0, ...each);
    if (sort !== undefined) array = sorted(array, sort);
    if (size !== null) array = size === 0 ? [] : size < 0 ? array.slice(size) : array.slice(0, size);
    return array.length === 0 && before === MISSING ? [] : each.length === 0 && same(before, array) ? before : array;
  };
}

function sorted(array: unknown[], sort: unknown): unknown[] {
  if (!isDoc(sort)) return array.sort((a, b) => compare(a, b) * integer(sort, '$sort'));
  if (!array.every(isDoc)) throw notServed('$push with a $sort by fields over elements that are no documents');
  return sortDocs(array, sort);
}

function $addToSet(path: string, operand: unknown): Change {
  const { each } = eachOf('$addToSet', operand, []);
  return (before) => {
    const array = before === MISSING ? [] : arrayAt('$addToSet', path, before);
    const keys = new Set(array.map(keyOf));
    const added = each.filter((value) => !keys.has(keyOf(value)) && keys.add(keyOf(value)));
    return added.length === 0 && before !== MISSING ? before : [...array, ...added];
  };
}
