import { compare, equal } from '../compare.js';
import { CommandError } from '../errors.js';
import { isNumber } from '../numbers.js';
import { MISSING } from '../paths.js';
import { typeName } from '../typeNames.js';
import { type Doc, isDoc } from '../values.js';
import { isNull, isTrue, named, type Operator, orNull, strict, variadic } from './scope.js';

/** Arrays and documents as wholes. A null or missing array gives null, save where MongoDB refuses it. */
export const ARRAY_OPERATORS: Record<string, Operator> = {
  $size: strict('$size', 1, ([value]) => {
    if (!Array.isArray(value))
      throw new CommandError(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`);
    return value.length;
  }),
  $isArray: strict('$isArray', 1, ([value]) => Array.isArray(value)),
  $in: strict('$in', 2, ([wanted, array], { collation }) => {
    if (!Array.isArray(array))
      throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
    return array.some((element) => equal(element, orNull(wanted), collation));
  }),
  $arrayElemAt: strict('$arrayElemAt', 2, ([array, index]) => {
    if (isNull(array) || isNull(index)) return null;
    return elementAt(arrayOf('$arrayElemAt', 28689, array), whole('$arrayElemAt', 28690, index));
  }),
  $first: strict('$first', 1, ([array]) => (isNull(array) ? null : elementAt(arrayOf('$first', 28689, array), 0))),
  $last: strict('$last', 1, ([array]) => (isNull(array) ? null : elementAt(arrayOf('$last', 28689, array), -1))),
  $firstN: some('$firstN', (array, n) => array.slice(0, n)),
  $lastN: some('$lastN', (array, n) => array.slice(-n)),
  $minN: some('$minN', (array, n) =>
    present(array)
      .sort((a, b) => compare(a, b))
      .slice(0, n),
  ),
  $maxN: some('$maxN', (array, n) =>
    present(array)
      .sort((a, b) => compare(b, a))
      .slice(0, n),
  ),
  $concatArrays: variadic((values) =>
    values.some(isNull) ? null : values.flatMap((value) => arrayOf('$concatArrays', 28664, value)),
  ),
  $reverseArray: strict('$reverseArray', 1, ([value]) =>
    isNull(value) ? null : arrayOf('$reverseArray', 34435, value).slice().reverse(),
  ),
  $slice: strict('$slice', 2, slice, 3),
  $range: strict('$range', 2, range, 3),
  $indexOfArray: strict('$indexOfArray', 2, indexOfArray, 4),
  $objectToArray: strict('$objectToArray', 1, ([value]) => {
    if (isNull(value)) return null;
    if (!isDoc(value))
      throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
    return Object.entries(value).map(([k, v]) => ({ k, v }));
  }),
  $arrayToObject: strict('$arrayToObject', 1, ([value]) =>
    isNull(value) ? null : Object.fromEntries(arrayOf('$arrayToObject', 40386, value).map(pair)),
  ),
  $mergeObjects: variadic((values) => {
    const docs = values.filter((value) => !isNull(value));
    const wrong = docs.find((value) => !isDoc(value));
    if (wrong !== undefined)
      throw new CommandError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(wrong)}`);
    return Object.assign({}, ...docs) as Doc;
  }),
};

export function arrayOf(name: string, code: number, value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw new CommandError(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
  return value;
}

/** A whole number that fits 32 bits, of whatever type. */
export function whole(name: string, code: number, value: unknown): number {
  const number = isNumber(value) ? Number(String(value)) : Number.NaN;
  if ((number | 0) !== number)
    throw new CommandError(code, `${name} needs a value representable as a 32-bit integer, not ${typeName(value)}`);
  return number;
}

function elementAt(array: unknown[], index: number): unknown {
  const at = index < 0 ? array.length + index : index;
  return at >= 0 && at < array.length ? array[at] : MISSING;
}

const present = (array: unknown[]): unknown[] => array.filter((value) => !isNull(value));

function some(name: string, take: (array: unknown[], n: number) => unknown[]): Operator {
  return named(name, ['n', 'input'], [], ({ n, input }) => {
    const count = whole(name, 5787902, n);
    if (count <= 0) throw new CommandError(5787908, `'n' must be greater than 0, found ${count}`);
    return take(arrayOf(name, 5788200, input), count);
  });
}

function slice([value, ...numbers]: unknown[]): unknown {
  if (isNull(value) || numbers.some(isNull)) return null;
  const array = arrayOf('$slice', 28724, value);
  const [first = 0, count] = numbers.map((number) => whole('$slice', 28725, number));
  if (count === undefined) return first < 0 ? array.slice(first) : array.slice(0, first);
  if (count <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${count}`);
  const from = first < 0 ? Math.max(0, array.length + first) : first;
  return array.slice(from, from + count);
}

const LONGEST_RANGE = 5_000_000;

function range(given: unknown[]): unknown {
  const [start = 0, end = 0, step = 1] = given.map((value) => whole('$range', 34443, value));
  if (step === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  const length = Math.max(0, Math.ceil((end - start) / step));
  if (length > LONGEST_RANGE) throw new CommandError(146, `$range would make an array of ${length} numbers`);
  return Array.from({ length }, (_, i) => start + i * step);
}

function indexOfArray(
  [value, wanted, from = 0, to]: unknown[],
  { collation }: { collation: Parameters<typeof equal>[2] },
) {
  if (isNull(value)) return null;
  const array = arrayOf('$indexOfArray', 40090, value);
  const start = position(from);
  const end = to === undefined ? array.length : Math.min(array.length, position(to));
  for (let i = start; i < end; i++) if (equal(array[i], orNull(wanted), collation)) return i;
  return -1;
}

function position(value: unknown): number {
  const at = whole('$indexOfArray', 40096, value);
  if (at < 0) throw new CommandError(40097, `$indexOfArray requires a nonnegative index, but found ${at}`);
  return at;
}

/** [name, value], or { k: name, v: value }. */
function pair(element: unknown): [string, unknown] {
  const list = isDoc(element) && Object.keys(element).sort().join() === 'k,v' ? [element['k'], element['v']] : element;
  if (!Array.isArray(list) || list.length !== 2)
    throw new CommandError(40392, '$arrayToObject requires an array of pairs, or of documents of k and v');
  const [name, value] = list;
  if (typeof name !== 'string' || name.includes('\0') || name === '__proto__')
    throw new CommandError(40394, `$arrayToObject requires keys to be strings, found ${typeName(name)}`);
  return [name, value];
}

/** Whether all or some elements count as true. */
export function truths(name: string, code: number, value: unknown): boolean[] {
  return arrayOf(name, code, value).map(isTrue);
}
