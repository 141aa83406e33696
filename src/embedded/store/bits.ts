import { Long } from 'bson';
import { equal } from './compare.js';
import { CommandError } from './errors.js';
import { MISSING } from './paths.js';
import { typeName } from './typeNames.js';
import { isDoc } from './values.js';

/** Whole numbers alone, int32 with int32 staying so. A missing field counts as 0. */
export function bits(path: string, operand: unknown): (before: unknown) => unknown {
  const steps = isDoc(operand) ? Object.entries(operand) : [];
  if (steps.length === 0)
    throw new CommandError(
      2,
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}}, at '${path}'`,
    );
  for (const [name, value] of steps) {
    if (!['and', 'or', 'xor'].includes(name))
      throw new CommandError(
        2,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator`,
      );
    if (!isWhole(value))
      throw new CommandError(
        2,
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here`,
      );
  }
  return (before) => {
    const start = before === MISSING ? 0 : before;
    if (!isWhole(start))
      throw new CommandError(
        2,
        `Cannot apply $bit to a value of non-integral type. The field '${path}' has type ${typeName(start)}`,
      );
    const after = steps.reduce((value, [name, with_]) => bitwise(name, value, with_), start);
    return before !== MISSING && equal(before, after) && typeName(before) === typeName(after) ? before : after;
  };
}

function isWhole(value: unknown): boolean {
  return ['int', 'long'].includes(typeName(value));
}

function bitwise(name: string, a: unknown, b: unknown): unknown {
  const [x, y] = [Long.fromValue(a as Long), Long.fromValue(b as Long)];
  const result = name === 'and' ? x.and(y) : name === 'or' ? x.or(y) : x.xor(y);
  return typeName(a) === 'int' && typeName(b) === 'int' ? result.toInt() : result;
}
