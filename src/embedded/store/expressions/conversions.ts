import { Decimal128, Long, ObjectId } from 'bson';
import { asDecimal, roundDecimal } from '../decimals.js';
import { CommandError } from '../errors.js';
import { double, isNumber } from '../numbers.js';
import { typeName, typeNamesOf } from '../typeNames.js';
import { bsonType } from '../values.js';
import { isoDate, momentOf, UTC } from './civil.js';
import { readDate } from './dateTexts.js';
import { isNull, isTrue, namedOperands, type Operator, strict } from './scope.js';

/** From one type to another. Errors: CommandError 241 for what cannot be, unless told what to give instead. */
export const CONVERSION_OPERATORS: Record<string, Operator> = {
  $toInt: shorthand('$toInt', 'int'),
  $toLong: shorthand('$toLong', 'long'),
  $toDouble: shorthand('$toDouble', 'double'),
  $toDecimal: shorthand('$toDecimal', 'decimal'),
  $toString: shorthand('$toString', 'string'),
  $toBool: shorthand('$toBool', 'bool'),
  $toDate: shorthand('$toDate', 'date'),
  $toObjectId: shorthand('$toObjectId', 'objectId'),
  $convert: (operand, compile) => {
    const given = namedOperands('$convert', operand, ['input', 'to'], ['onError', 'onNull']);
    const [input, to, onNull] = [compile(given['input']), compile(given['to']), compile(given['onNull'] ?? null)];
    const onError = Object.hasOwn(given, 'onError') ? compile(given['onError']) : null;
    return (scope) => {
      const [value, type] = [input(scope), to(scope)];
      if (isNull(value)) return onNull(scope);
      if (isNull(type)) return null;
      const [target = ''] = typeNamesOf(type);
      try {
        return converted(value, target);
      } catch (error) {
        if (onError !== null && error instanceof CommandError && error.code === 241) return onError(scope);
        throw error;
      }
    };
  },
};

function shorthand(name: string, type: string): Operator {
  return strict(name, 1, ([value]) => (isNull(value) ? null : converted(value, type)));
}

function failed(value: unknown, type: string, why = ''): CommandError {
  return new CommandError(
    241,
    `Unsupported conversion from ${typeName(value)} to ${type} in $convert with no onError value${why}`,
  );
}

const CONVERSIONS: Record<string, (value: unknown) => unknown> = {
  int: (value) => Number(whole(value, 'int', 31)),
  long: (value) => Long.fromBigInt(whole(value, 'long', 63)),
  double: (value) => {
    if (typeof value === 'boolean') return double(Number(value));
    if (value instanceof Date) return double(value.getTime());
    return double(Number(numeric(value, 'double').replace(/inf(inity)?$/i, 'Infinity')));
  },
  decimal: (value) => {
    if (typeof value === 'boolean' || value instanceof Date) return asDecimal(Number(value));
    return typeof value === 'string'
      ? Decimal128.fromString(numeric(value, 'decimal'))
      : asDecimal(checked(value, 'decimal'));
  },
  string: (value) => {
    if (value instanceof Date) return isoDate(value);
    if (typeof value === 'boolean' || isNumber(value) || ['ObjectId', 'BSONSymbol'].includes(bsonType(value) ?? ''))
      return String(value);
    throw failed(value, 'string');
  },
  bool: (value) => isTrue(value),
  date: (value) => {
    if (['ObjectId', 'Timestamp'].includes(bsonType(value) ?? '')) return new Date(momentOf(value));
    if (typeName(value) === 'int' || typeof value === 'boolean') throw failed(value, 'date');
    if (typeof value !== 'string') return new Date(Number(whole(value, 'date', 63)));
    const moment = readDate(value, UTC);
    if (moment === null) throw failed(value, 'date', `: Error parsing date string '${value}'`);
    return new Date(moment);
  },
  objectId: (value) => {
    if (typeof value !== 'string') throw failed(value, 'objectId');
    if (!/^[\da-f]{24}$/i.test(value)) throw failed(value, 'objectId', `: Failed to parse objectId '${value}'`);
    return new ObjectId(value);
  },
};

function converted(value: unknown, type: string): unknown {
  if (typeName(value) === type) return value;
  const convert = Object.hasOwn(CONVERSIONS, type) ? CONVERSIONS[type] : undefined;
  if (convert === undefined) throw failed(value, type);
  return convert(value);
}

function checked(value: unknown, type: string): unknown {
  if (!isNumber(value)) throw failed(value, type);
  return value;
}

const NUMERAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?inf(inity)?$|^nan$/i;

function numeric(value: unknown, type: string): string {
  if (typeof value !== 'string') return String(checked(value, type));
  if (!NUMERAL.test(value)) throw failed(value, type, `: Failed to parse number '${value}'`);
  return value;
}

/** Without what is after the point; a string must be a whole number. */
function whole(value: unknown, type: string, bits: number): bigint {
  if (typeof value === 'boolean') return BigInt(value);
  if (value instanceof Date && type === 'long') return BigInt(value.getTime());
  const text = typeof value === 'string' ? value : wholeText(value, type);
  if (!/^[+-]?\d+$/.test(text)) throw failed(value, type, `: Failed to parse number '${text}'`);
  const number = BigInt(text.replace(/^\+/, ''));
  if (BigInt.asIntN(bits + 1, number) !== number) throw failed(value, type, ': Conversion would overflow target type');
  return number;
}

function wholeText(value: unknown, type: string): string {
  if (bsonType(checked(value, type)) === 'Long') return String(value);
  const number =
    bsonType(value) === 'Decimal128' ? Number(roundDecimal(value as Decimal128, 0, 'down').toString()) : Number(value);
  if (!Number.isFinite(number)) throw failed(value, type, ': Attempt to convert a value that is no finite number');
  return String(BigInt(Math.trunc(number)));
}
