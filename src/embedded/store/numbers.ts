import { Double, Long } from 'bson';
import { addDecimals, divideDecimals, multiplyDecimals, negated, roundDecimal } from './decimals.js';
import { typeName } from './typeNames.js';

/**
 * Arithmetic that keeps BSON's number types: int32 with int32 gives int32, or int64 when it no longer fits; with a double
 * gives a double; with a decimal gives a decimal.
 */
const MAX_INT64 = 2n ** 63n;

export function isNumber(value: unknown): boolean {
  return ['int', 'double', 'long', 'decimal'].includes(typeName(value));
}

function hasDecimal(...values: unknown[]): boolean {
  return values.some((value) => typeName(value) === 'decimal');
}

/** A double in memory form: plain, unless a plain number would be written as an int32. */
export function double(value: number): unknown {
  return typeName(value) === 'int' ? new Double(value) : value;
}

export function add(a: unknown, b: unknown): unknown {
  if (hasDecimal(a, b)) return addDecimals(a, b);
  return reckon(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
  );
}

export function subtract(a: unknown, b: unknown): unknown {
  if (hasDecimal(a, b)) return addDecimals(a, negated(b));
  return reckon(
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
  );
}

export function multiply(a: unknown, b: unknown): unknown {
  if (hasDecimal(a, b)) return multiplyDecimals(a, b);
  return reckon(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
  );
}

/** Always a double, or a decimal when there is one. */
export function divide(a: unknown, b: unknown): unknown {
  return hasDecimal(a, b) ? divideDecimals(a, b) : double(Number(a) / Number(b));
}

/** The remainder, with the sign of the dividend. */
export function modulo(a: unknown, b: unknown): unknown {
  if (hasDecimal(a, b)) {
    const whole = roundDecimal(divideDecimals(a, b), 0, 'down');
    return addDecimals(a, negated(multiplyDecimals(whole, b)));
  }
  return reckon(
    a,
    b,
    (x, y) => x % y,
    (x, y) => x % y,
  );
}

function reckon(
  a: unknown,
  b: unknown,
  exact: (x: bigint, y: bigint) => bigint,
  floating: (x: number, y: number) => number,
): unknown {
  const types = [typeName(a), typeName(b)];
  if (types.includes('double')) return double(floating(Number(a), Number(b)));
  const result = exact(whole(a), whole(b));
  if (result >= MAX_INT64 || result < -MAX_INT64) return double(Number(result));
  const plain = Number(result);
  return !types.includes('long') && typeName(plain) === 'int' ? plain : Long.fromBigInt(result);
}

function whole(value: unknown): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(Number(value));
}
