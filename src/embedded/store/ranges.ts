import { rank } from './compare.js';
import { after, before, type Interval, point, typeEnd, typeStart } from './intervals.js';
import { bsonType, isDoc } from './values.js';

/** Whether an operand has a range of values of its own type. */
export function isOrdered(operand: unknown): boolean {
  const type = bsonType(operand);
  return operand !== null && !Array.isArray(operand) && !isDoc(operand) && type !== 'MinKey' && type !== 'MaxKey';
}

const NUMBERS = rank(0);

/** Ranges stay within the type of their bound; NaN, which sorts below all numbers, is in no range but its own. */
export function range(operator: string, value: unknown): Interval {
  const type = rank(value);
  const isNumber = type === NUMBERS;
  const lowest = isNumber ? after(Number.NaN) : typeStart(type);
  if (isNumber && Number.isNaN(Number(value))) {
    return operator.endsWith('e') ? point(Number.NaN) : { from: lowest, to: lowest };
  }
  if (operator === '$gt') return { from: after(value), to: typeEnd(type) };
  if (operator === '$gte') return { from: before(value), to: typeEnd(type) };
  return { from: lowest, to: operator === '$lt' ? before(value) : after(value) };
}
