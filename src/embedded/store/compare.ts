import type { Binary, BSONRegExp, Code, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { notServed } from './errors.js';
import { bsonType, type Doc } from './values.js';

/**
 * The order of BSON values, the same for queries, sorts and indexes
 * (mongodb.com/docs/manual/reference/bson-type-comparison-order).
 */
const CLASS_RANKS: Record<string, number> = {
  MinKey: -1,
  Double: 10,
  Long: 10,
  Decimal128: 10,
  BSONSymbol: 15,
  Binary: 30,
  ObjectId: 35,
  Timestamp: 47,
  BSONRegExp: 50,
  Code: 60,
  MaxKey: 127,
};

/** The rank of a value's type; values of different ranks never equal, numbers all share one. */
export function rank(value: unknown): number {
  if (typeof value === 'string') return 15;
  if (typeof value === 'number') return 10;
  if (value === undefined) return 0;
  if (value === null) return 5;
  if (typeof value === 'boolean') return 40;
  if (Array.isArray(value)) return 25;
  if (value instanceof Date) return 45;
  const type = bsonType(value);
  if (type === undefined) return 20;
  const found = CLASS_RANKS[type];
  if (found === undefined) throw notServed(`The BSON type ${type}`);
  return found;
}

/** Negative when a sorts before b, 0 when MongoDB holds them equal, positive after. */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const rankA = rank(a);
  const rankB = rank(b);
  if (rankA !== rankB) return rankA - rankB;
  switch (rankA) {
    case 10:
      return compareNumbers(a, b);
    case 15:
      return compareStrings(String(a), String(b));
    case 20:
      return compareDocs(a as Doc, b as Doc);
    case 25:
      return compareArrays(a as unknown[], b as unknown[]);
    case 30:
      return compareBinaries(a as Binary, b as Binary);
    case 35:
      return compareStrings((a as ObjectId).toHexString(), (b as ObjectId).toHexString());
    case 40:
    case 45:
      return Number(a) - Number(b);
    case 47:
      return (a as Timestamp).compare(b as Timestamp);
    case 50:
      return compareRegexes(a as BSONRegExp, b as BSONRegExp);
    case 60:
      return compareStrings((a as Code).code.toString(), (b as Code).code.toString());
    default:
      return 0;
  }
}

export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b) === 0;
}

function compareNumbers(a: unknown, b: unknown): number {
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

/** MongoDB compares UTF-8 bytes, that is code points; JavaScript's own order differs after U+D7FF. */
function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return (x >= 0xd800 && y >= 0xd800 ? codePointOrder(x) - codePointOrder(y) : 0) || x - y;
  }
  return a.length - b.length;
}

function codePointOrder(unit: number): number {
  return unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000;
}

/** Field by field in the order of the fields: type, then name, then value. */
function compareDocs(a: Doc, b: Doc): number {
  const keysA = Object.keys(a);
  const keysB = Object.keys(b);
  const length = Math.min(keysA.length, keysB.length);
  for (let i = 0; i < length; i++) {
    const x = keysA[i]!;
    const y = keysB[i]!;
    const order = rank(a[x]) - rank(b[y]) || compareStrings(x, y) || compare(a[x], b[y]);
    if (order !== 0) return order;
  }
  return keysA.length - keysB.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinaries(a: Binary, b: Binary): number {
  const x = a.value();
  const y = b.value();
  return x.length - y.length || a.sub_type - b.sub_type || Buffer.compare(x, y);
}

function compareRegexes(a: BSONRegExp, b: BSONRegExp): number {
  return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
}
