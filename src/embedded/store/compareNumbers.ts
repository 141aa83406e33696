import type { Decimal128, Long } from 'bson';
import { bsonType } from './values.js';

/** Compares int32, int64, double and Decimal128 by the amounts that they hold, without rounding any of them. */
export function compareNumbers(a: unknown, b: unknown): number {
  const x = numeric(a);
  const y = numeric(b);
  if (typeof x === 'object' || typeof y === 'object') return compareFractions(x, y);
  if (x < y) return -1;
  if (x > y) return 1;
  // Not `===`: one may be a bigint. What is left has a NaN in it, which sorts below all numbers.
  if (x >= y) return 0;
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

type Fraction = { top: bigint; bottom: bigint };

function numeric(value: unknown): number | bigint | Fraction {
  if (typeof value === 'number') return value;
  const type = bsonType(value);
  if (type === 'Long') return (value as Long).toBigInt();
  if (type === 'Decimal128') return decimal(value as Decimal128);
  return Number(value);
}

function decimal(value: Decimal128): number | Fraction {
  const [, sign, whole, , part = '', exponent = '0'] =
    /^(-?)(\d+)(\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString()) ?? [];
  if (whole === undefined) return Number(value.toString().replace('inf', 'Inf'));
  const power = Number(exponent) - part.length;
  const digits = BigInt(`${sign}${whole}${part}`);
  return power >= 0
    ? { top: digits * 10n ** BigInt(power), bottom: 1n }
    : { top: digits, bottom: 10n ** BigInt(-power) };
}

function compareFractions(x: number | bigint | Fraction, y: number | bigint | Fraction): number {
  if (typeof x === 'number' && !Number.isFinite(x)) return Number.isNaN(x) ? -1 : x;
  if (typeof y === 'number' && !Number.isFinite(y)) return Number.isNaN(y) ? 1 : -y;
  const a = fraction(x);
  const b = fraction(y);
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function fraction(value: number | bigint | Fraction): Fraction {
  if (typeof value === 'object') return value;
  if (typeof value === 'bigint' || Number.isInteger(value)) return { top: BigInt(value), bottom: 1n };
  // Every finite double is an integer over a power of two, at most 2^1074.
  let bottom = 1n;
  let top = value;
  while (!Number.isInteger(top)) {
    top *= 2;
    bottom *= 2n;
  }
  return { top: BigInt(top), bottom };
}
