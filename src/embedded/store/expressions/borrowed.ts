import { Context, OpType } from 'mingo/core';
import {
  $concat,
  $dayOfMonth,
  $dayOfWeek,
  $dayOfYear,
  $hour,
  $isoDayOfWeek,
  $isoWeek,
  $literal,
  $ltrim,
  $millisecond,
  $minute,
  $month,
  $replaceAll,
  $replaceOne,
  $rtrim,
  $second,
  $split,
  $strLenCP,
  $substrCP,
  $trim,
  $year,
} from 'mingo/operators/expression';
import { CommandError, notServed } from '../errors.js';
import { bsonType, type Doc, isDoc } from '../values.js';

/**
 * The operators taken from mingo: those that work on strings and dates alone and give MongoDB's results. Left out on
 * purpose, because mingo 7.2 gives wrong ones: $percentile, $median, $dateTrunc, $dateAdd, $dateSubtract, $isoWeekYear,
 * $round, $indexOfBytes, $toLower and $toUpper beyond ASCII, and all that compares values.
 */
const context = Context.init({
  expression: {
    ...{ $literal, $concat, $split, $trim, $ltrim, $rtrim, $strLenCP, $substrCP, $replaceAll, $replaceOne },
    ...{ $year, $month, $dayOfMonth, $dayOfWeek, $dayOfYear, $hour, $minute, $second, $millisecond },
    ...{ $isoWeek, $isoDayOfWeek },
  },
});

const options = {
  idKey: '_id',
  scriptEnabled: false,
  useStrictMode: true,
  failOnError: true,
  context,
};

/** The function of an operator that mingo computes, to be given its evaluated operands; null when there is none. */
export function borrowed(name: string): ((operands: unknown) => unknown) | null {
  const operator = name === '$literal' ? null : context.getOperator(OpType.EXPRESSION, name);
  if (operator === null) return null;
  return (operands) => {
    try {
      return operator({}, literals(operands), options) as unknown;
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw new CommandError(2, `${name} failed: ${(error as Error).message}`);
    }
  };
}

/** Evaluated values must not be evaluated again: a text may well start with a dollar. */
function literals(operands: unknown): unknown {
  if (Array.isArray(operands)) return operands.map((value) => ({ $literal: plain(value) }));
  if (!isDoc(operands)) return { $literal: plain(operands) };
  const out: Doc = {};
  for (const [name, value] of Object.entries(operands)) out[name] = { $literal: plain(value) };
  return out;
}

function plain(value: unknown): unknown {
  const type = bsonType(value);
  if (type === 'Double' || type === 'Long') return Number(value);
  if (type !== undefined) throw notServed(`${type} in this expression`);
  return value;
}
