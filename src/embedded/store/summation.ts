import { Decimal128, Long } from 'bson';
import { addDecimals, divideDecimals } from './decimals.js';
import { double } from './numbers.js';
import { bsonType } from './values.js';

/** Adds numbers one by one, whatever else comes counts for nothing; exact where MongoDB is. */
export interface Summation {
  add(value: unknown): void;
  /** In the widest of the types that were added, or a wider one where it does not fit. */
  total(): unknown;
  /** A double, or a decimal when there was one; null of nothing. */
  average(): unknown;
}

const MAX_INT64 = 2n ** 63n;
const MOST_EXACT = 2 ** 52;

export function createSum(): Summation {
  let whole = 0;
  let wholes = 0n;
  const doubles = createDoubleSum();
  let decimals: Decimal128 | null = null;
  let [count, hasLong, hasDouble] = [0, false, false];
  const addWhole = (value: number) => {
    whole += value;
    if (Math.abs(whole) < MOST_EXACT) return;
    wholes += BigInt(whole);
    whole = 0;
  };
  const integers = () => wholes + BigInt(whole);
  const asDouble = () => {
    if (wholes === 0n) doubles.add(whole);
    else for (const part of halves(integers())) doubles.add(part);
    [whole, wholes] = [0, 0n];
    return doubles.total();
  };
  const decimalTotal = () => {
    const exact = addDecimals(decimals, Decimal128.fromString(String(integers())));
    return hasDouble ? addDecimals(exact, doubles.total()) : exact;
  };
  return {
    add: (value) => {
      if (typeof value === 'number') {
        count++;
        if ((value | 0) === value && !Object.is(value, -0)) return addWhole(value);
        hasDouble = true;
        return doubles.add(value);
      }
      const type = bsonType(value);
      if (type === undefined) return;
      if (type === 'Long') {
        hasLong = true;
        wholes += (value as Long).toBigInt();
      } else if (type === 'Double') {
        hasDouble = true;
        doubles.add(Number(value));
      } else if (type === 'Decimal128') {
        decimals = decimals === null ? (value as Decimal128) : addDecimals(decimals, value);
      } else return;
      count++;
    },
    total: () => {
      if (decimals !== null) return decimalTotal();
      if (hasDouble) return double(asDouble());
      return integer(integers(), hasLong);
    },
    average: () => {
      if (count === 0) return null;
      return decimals !== null ? divideDecimals(decimalTotal(), count) : double(asDouble() / count);
    },
  };
}

function integer(value: bigint, hasLong: boolean): unknown {
  if (value >= MAX_INT64 || value < -MAX_INT64) return double(Number(value));
  const plain = Number(value);
  return !hasLong && (plain | 0) === plain ? plain : Long.fromBigInt(value);
}

function halves(value: bigint): number[] {
  const high = Number(value);
  return [high, Number(value - BigInt(high))];
}

/** What rounding takes away of each addition is added up beside (Neumaier), so that ten times 0.1 is 1. */
function createDoubleSum() {
  let sum = 0;
  let lost = 0;
  return {
    add: (value: number): void => {
      const next = sum + value;
      if (Number.isFinite(next)) lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    },
    total: () => (Number.isFinite(sum) ? sum + lost : sum),
  };
}
