import { Decimal128 } from 'bson';
import { bsonType } from './values.js';

/** A decimal as its digits and its power of ten; null stands for what is not finite. */
interface Parts {
  digits: bigint;
  exponent: number;
}

const MOST_DIGITS = 34;
const LEAST_EXPONENT = -6176;
const GREATEST_EXPONENT = 6111;

/** Adds and multiplies as IEEE 754 does decimals of 34 digits: halves round to the even digit. */
export function addDecimals(a: unknown, b: unknown): Decimal128 {
  return reckon(
    a,
    b,
    (x, y) => x + y,
    (x, y) => {
      const exponent = Math.min(x.exponent, y.exponent);
      return { digits: scaled(x, exponent) + scaled(y, exponent), exponent };
    },
  );
}

export function multiplyDecimals(a: unknown, b: unknown): Decimal128 {
  return reckon(
    a,
    b,
    (x, y) => x * y,
    (x, y) => ({ digits: x.digits * y.digits, exponent: x.exponent + y.exponent }),
  );
}

/** The quotient, of 34 digits when it does not come out even; of the exponents, the one nearest to what a division by hand gives. */
export function divideDecimals(a: unknown, b: unknown): Decimal128 {
  return reckon(a, b, (x, y) => x / y, quotient);
}

function quotient(x: Parts, y: Parts): Parts {
  const [top, bottom] = [absolute(x.digits), absolute(y.digits)];
  const ideal = x.exponent - y.exponent;
  const shift = Math.max(0, MOST_DIGITS + 2 + String(bottom).length - String(top).length);
  const whole = (top * 10n ** BigInt(shift)) / bottom;
  const isEven = (top * 10n ** BigInt(shift)) % bottom === 0n;
  // A last digit that is no 0 and no 5 stands for all that would follow it.
  let digits = isEven ? whole : whole * 10n + 1n;
  let exponent = ideal - shift - (isEven ? 0 : 1);
  while (isEven && exponent < ideal && digits % 10n === 0n) {
    digits /= 10n;
    exponent++;
  }
  return { digits: x.digits < 0n === y.digits < 0n ? digits : -digits, exponent };
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

export type Rounding = 'even' | 'down' | 'floor' | 'ceil';

/** Rounds to so many places after the point, before it when negative; what is not finite stays. */
export function roundDecimal(value: Decimal128, place: number, rounding: Rounding): Decimal128 {
  const parts = partsOf(value);
  if (parts === null || parts.exponent >= -place) return value;
  const over = -place - parts.exponent;
  const unit = 10n ** BigInt(over);
  const size = absolute(parts.digits);
  const isNegative = parts.digits < 0n;
  const isAway = size % unit !== 0n && ((rounding === 'ceil' && !isNegative) || (rounding === 'floor' && isNegative));
  const whole = rounding === 'even' ? halved(size, over) : size / unit + (isAway ? 1n : 0n);
  return fromParts({ digits: isNegative ? -whole : whole, exponent: -place });
}

export function negated(value: unknown): Decimal128 {
  const text = asDecimal(value).toString();
  return Decimal128.fromString(text.startsWith('-') ? text.slice(1) : `-${text}`);
}

function reckon(
  a: unknown,
  b: unknown,
  special: (x: number, y: number) => number,
  exact: (x: Parts, y: Parts) => Parts,
): Decimal128 {
  const [x, y] = [partsOf(asDecimal(a)), partsOf(asDecimal(b))];
  const isByZero = exact === quotient && y?.digits === 0n;
  if (x !== null && y !== null && !isByZero) return fromParts(exact(x, y));
  const result = special(approximately(a), approximately(b));
  return Decimal128.fromString(String(result));
}

/** Good enough for what is infinite or no number. */
function approximately(value: unknown): number {
  return Number(String(value));
}

/** A double counts with its first 15 digits, as MongoDB takes it. */
export function asDecimal(value: unknown): Decimal128 {
  if (bsonType(value) === 'Decimal128') return value as Decimal128;
  if (bsonType(value) === 'Long') return Decimal128.fromString(String(value));
  const number = Number(value);
  const isDouble = bsonType(value) === 'Double' || !Number.isInteger(number);
  if (!isDouble || !Number.isFinite(number) || number === 0) return Decimal128.fromString(String(number));
  return Decimal128.fromString(number.toExponential(14));
}

function partsOf(value: Decimal128): Parts | null {
  const [, sign, whole, part = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString()) ?? [];
  if (whole === undefined) return null;
  return { digits: BigInt(`${sign}${whole}${part}`), exponent: Number(exponent) - part.length };
}

function scaled({ digits, exponent }: Parts, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to);
}

function fromParts({ digits, exponent }: Parts): Decimal128 {
  const sign = digits < 0n ? '-' : '';
  let size = digits < 0n ? -digits : digits;
  let power = exponent;
  const over = Math.max(String(size).length - MOST_DIGITS, LEAST_EXPONENT - power, 0);
  if (over > 0) {
    size = halved(size, over);
    power += over;
    if (String(size).length > MOST_DIGITS) {
      size /= 10n;
      power++;
    }
  }
  if (power > GREATEST_EXPONENT && size !== 0n && power + String(size).length - MOST_DIGITS > GREATEST_EXPONENT)
    return Decimal128.fromString(`${sign}Infinity`);
  return Decimal128.fromString(`${sign}${size}E${power}`);
}

function halved(size: bigint, places: number): bigint {
  const unit = 10n ** BigInt(places);
  const [whole, rest] = [size / unit, size % unit];
  if (rest * 2n > unit || (rest * 2n === unit && whole % 2n === 1n)) return whole + 1n;
  return whole;
}
