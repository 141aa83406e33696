import { compare } from '../compare.js';
import { notServed } from '../errors.js';
import { double, isNumber } from '../numbers.js';
import { createSum } from '../summation.js';
import { typeName } from '../typeNames.js';
import { isNull, type Operator, variadic } from './scope.js';

/** What is made of many numbers or values: of a list, or of the elements of a single array. */
export const STATISTIC_OPERATORS: Record<string, Operator> = {
  $sum: ofMany((values) => added(values).total()),
  $avg: ofMany((values) => added(values).average()),
  $min: ofMany((values, collation) => extreme(values, (a, b) => compare(a, b, collation))),
  $max: ofMany((values, collation) => extreme(values, (a, b) => compare(b, a, collation))),
  $stdDevPop: ofMany((values) => deviation(values, 0)),
  $stdDevSamp: ofMany((values) => deviation(values, 1)),
};

type OfMany = (values: unknown[], collation: Parameters<typeof compare>[2]) => unknown;

function ofMany(apply: OfMany): Operator {
  return variadic((values, { collation }) =>
    apply(values.length === 1 && Array.isArray(values[0]) ? values[0] : values, collation),
  );
}

function added(values: unknown[]) {
  const sum = createSum();
  for (const value of values) sum.add(value);
  return sum;
}

/** The value that comes first; nulls do not count. */
function extreme(values: unknown[], order: (a: unknown, b: unknown) => number): unknown {
  const present = values.filter((value) => !isNull(value));
  if (present.length === 0) return null;
  return present.reduce((best, value) => (order(value, best) < 0 ? value : best));
}

/** The standard deviation of the numbers among the values; of a sample, `lost` is 1. */
export function deviation(values: unknown[], lost: 0 | 1): unknown {
  const moments = createDeviation(lost);
  for (const value of values) moments.add(value);
  return moments.result();
}

/** Takes the values one by one (Welford). */
export function createDeviation(lost: 0 | 1): { add(value: unknown): void; result(): unknown } {
  let [count, mean, squares] = [0, 0, 0];
  return {
    add: (value) => {
      if (!isNumber(value)) return;
      if (typeName(value) === 'decimal') throw notServed('The standard deviation of Decimal128');
      const number = Number(value);
      count++;
      const off = number - mean;
      mean += off / count;
      squares += off * (number - mean);
    },
    result: () => (count <= lost ? null : double(Math.sqrt(squares / (count - lost)))),
  };
}
