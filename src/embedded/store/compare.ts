import type { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import type { Collation } from './collation.js';
import { compareNumbers } from './compareNumbers.js';
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

/**
 * Negative when a sorts before b, 0 when MongoDB holds them equal, positive after.
 * @param collation how strings compare, those within documents and arrays too; null for code points
 */
export function compare(a: unknown, b: unknown, collation: Collation | null = null): number {
  if (a === b) return 0;
  const rankA = rank(a);
  const rankB = rank(b);
  if (rankA !== rankB) return rankA - rankB;
  switch (rankA) {
    case 10:
      return compareNumbers(a, b);
    case 15:
      return collation === null ? compareStrings(String(a), String(b)) : collation(String(a), String(b));
    case 20:
      return compareDocs(a as Doc, b as Doc, collation);
    case 25:
      return compareArrays(a as unknown[], b as unknown[], collation);
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

export function equal(a: unknown, b: unknown, collation: Collation | null = null): boolean {
  return compare(a, b, collation) === 0;
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
function compareDocs(a: Doc, b: Doc, collation: Collation | null): number {
  const keysA = Object.keys(a);
  const keysB = Object.keys(b);
  const length = Math.min(keysA.length, keysB.length);
  for (let i = 0; i < length; i++) {
    const x = keysA[i]!;
    const y = keysB[i]!;
    const order = rank(a[x]) - rank(b[y]) || compareStrings(x, y) || compare(a[x], b[y], collation);
    if (order !== 0) return order;
  }
  return keysA.length - keysB.length;
}

function compareArrays(a: unknown[], b: unknown[], collation: Collation | null): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i], collation);
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
