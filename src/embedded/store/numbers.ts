import { Double, Long } from 'bson';
import { notServed } from './errors.js';
import { typeName } from './typeNames.js';

/**
 * Arithmetic that keeps BSON's number types: int32 with int32 gives int32, or int64 when it no longer fits; with a double
 * gives a double.
 */
const MAX_INT64 = 2n ** 63n;

/** Whether a value is a number that this store reckons with. Errors: CommandError for Decimal128. */
export function isNumber(value: unknown): boolean {
  const type = typeName(value);
  if (type === 'decimal') throw notServed('Decimal128 arithmetic');
  return type === 'int' || type === 'double' || type === 'long';
}

/** A double in memory form: plain, unless a plain number would be written as an int32. */
export function double(value: number): unknown {
  return typeName(value) === 'int' ? new Double(value) : value;
}

export function add(a: unknown, b: unknown): unknown {
  return reckon(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
  );
}

export function subtract(a: unknown, b: unknown): unknown {
  return reckon(
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
  );
}

export function multiply(a: unknown, b: unknown): unknown {
  return reckon(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
  );
}

/** The remainder, with the sign of the dividend. */
export function modulo(a: unknown, b: unknown): unknown {
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
