import { isCollated } from './collation.js';
import { compare } from './compare.js';
import { CommandError, notServed } from './errors.js';
import { isSummable, sumOf } from './expressions/arrays.js';
import { prepareExpression } from './expressions/compile.js';
import { orNull } from './expressions/scope.js';
import { keyOf } from './keys.js';
import { double, refuseDecimal } from './numbers.js';
import { MISSING } from './paths.js';
import { PLAIN, type Settings } from './settings.js';
import { type Doc, isDoc } from './values.js';

/** What each accumulator makes of the values of a group, in the order of its documents; MISSING where there was none. */
const ACCUMULATORS: Record<string, (values: unknown[]) => unknown> = {
  $sum: sumOf,
  $avg: (values) => {
    const numbers = values.filter(isSummable);
    for (const value of numbers) refuseDecimal(value);
    return numbers.length === 0 ? null : double(Number(sumOf(numbers)) / numbers.length);
  },
  $min: (values) => extreme(values, 1),
  $max: (values) => extreme(values, -1),
  $first: (values) => orNull(values[0]),
  $last: (values) => orNull(values.at(-1)),
  $push: (values) => values.filter((value) => value !== MISSING),
  $addToSet: (values) => {
    const distinct = new Map<string, unknown>();
    for (const value of values) if (value !== MISSING && !distinct.has(keyOf(value))) distinct.set(keyOf(value), value);
    return [...distinct.values()];
  },
  $count: (values) => values.length,
};

function extreme(values: unknown[], direction: 1 | -1): unknown {
  const present = values.filter((value) => value !== MISSING && value !== null && value !== undefined);
  if (present.length === 0) return null;
  return present.reduce((best, value) => (compare(value, best) * direction < 0 ? value : best));
}

interface Accumulated {
  name: string;
  value: (doc: Doc) => unknown;
  accumulate: (values: unknown[]) => unknown;
}

/**
 * Compiles a $group stage; groups come in the order in which they first appear.
 * Errors: CommandError 15952 naming an accumulator that is unknown or not served.
 */
export function groupDocs(operand: unknown, settings: Settings = PLAIN): (docs: Doc[]) => Doc[] {
  if (!isDoc(operand)) throw new CommandError(15947, "a group's fields must be specified in an object");
  const { _id: id, ...fields } = operand;
  if (!Object.hasOwn(operand, '_id')) throw new CommandError(15955, 'a group specification must include an _id');
  const groupOf = prepareExpression(id, settings);
  const accumulated = Object.entries(fields).map(([name, value]) => prepareAccumulator(name, value, settings));
  return (docs) => {
    const groups = new Map<string, { id: unknown; docs: Doc[] }>();
    for (const doc of docs) {
      const value = orNull(groupOf(doc));
      if (settings.collation !== null && isCollated(value)) throw notServed('$group by strings with a collation');
      const key = keyOf(value);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { id: value, docs: [doc] });
      else group.docs.push(doc);
    }
    return [...groups.values()].map((group) => {
      const out: Doc = { _id: group.id };
      for (const { name, value, accumulate } of accumulated) out[name] = accumulate(group.docs.map(value));
      return out;
    });
  };
}

function prepareAccumulator(name: string, operand: unknown, settings: Settings): Accumulated {
  if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  const operators = isDoc(operand) ? Object.keys(operand) : [];
  const operator = operators[0];
  if (operator === undefined || operators.length !== 1) {
    throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  }
  if (settings.collation !== null && ['$min', '$max', '$addToSet'].includes(operator))
    throw notServed(`${operator} with a collation`);
  const accumulate = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (accumulate === undefined) {
    throw new CommandError(15952, `unknown group operator '${operator}' (not served by the embedded store)`);
  }
  const argument = (operand as Doc)[operator];
  if (operator === '$count' && !(isDoc(argument) && Object.keys(argument).length === 0)) {
    throw new CommandError(9, '$count takes no arguments, i.e. $count: {}');
  }
  return { name, value: prepareExpression(argument, settings), accumulate };
}
