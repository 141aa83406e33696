import { rank } from './compare.js';
import { CommandError } from './errors.js';
import { MISSING } from './paths.js';
import { bsonType } from './values.js';

const TYPE_NUMBERS: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  symbol: 14,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};
const RANK_NAMES: Record<number, string> = {
  [-1]: 'minKey',
  5: 'null',
  15: 'string',
  20: 'object',
  25: 'array',
  30: 'binData',
  35: 'objectId',
  40: 'bool',
  45: 'date',
  47: 'timestamp',
  50: 'regex',
  60: 'javascript',
  127: 'maxKey',
};
const NUMBER_NAMES: Record<string, string> = {
  Double: 'double',
  Long: 'long',
  Decimal128: 'decimal',
  BSONSymbol: 'symbol',
};

/** MongoDB's name of a value's type, as $type gives it. */
export function typeName(value: unknown): string {
  if (value === MISSING || value === undefined) return 'missing';
  if (typeof value === 'number') {
    return Number.isInteger(value) && Math.abs(value) <= 0x80000000 && value !== 0x80000000 && !Object.is(value, -0)
      ? 'int'
      : 'double';
  }
  return NUMBER_NAMES[bsonType(value) ?? ''] ?? RANK_NAMES[rank(value)] ?? 'unknown';
}

/** The types that an operand of $type stands for, given by name or number. Errors: CommandError for no such type. */
export function typeNamesOf(type: unknown): string[] {
  if (type === 'number') return ['int', 'double', 'long', 'decimal'];
  const name =
    typeof type === 'string' ? type : Object.keys(TYPE_NUMBERS).find((key) => TYPE_NUMBERS[key] === Number(type));
  if (name === undefined || !(name in TYPE_NUMBERS))
    throw new CommandError(2, `Unknown type name alias: ${String(type)}`);
  return [name];
}
