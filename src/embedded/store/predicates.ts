import type { BSONRegExp } from 'bson';
import { type Collation, isCollated } from './collation.js';
import { compare, equal, rank } from './compare.js';
import { CommandError } from './errors.js';
import { keyOf } from './keys.js';
import { MISSING } from './paths.js';
import { fromBsonRegExp, toRegExp } from './regex.js';
import { typeName, typeNamesOf } from './typeNames.js';
import { bsonType, type Doc, integer } from './values.js';

/** A question to one value that a path yielded. */
export type Test = (value: unknown) => boolean;

/** {field: value}: null also means absent, a regex also matches the strings that it describes. */
export function equalityTest(wanted: unknown, collation: Collation | null = null): Test {
  if (bsonType(wanted) === 'BSONRegExp') return regexTest(wanted as BSONRegExp);
  if (wanted === null) return (value) => value === null || value === MISSING;
  return (value) => value !== MISSING && equal(value, wanted, collation);
}

function regexTest(wanted: BSONRegExp): Test {
  const regex = fromBsonRegExp(wanted);
  return (value) => (typeof value === 'string' ? regex.test(value) : value !== MISSING && equal(value, wanted));
}

/** The test of an operator that looks at one value at a time. `siblings`: the document it stands in, for $options. */
export function elementTest(
  operator: string,
  operand: unknown,
  siblings: Doc,
  collation: Collation | null = null,
): Test {
  switch (operator) {
    case '$eq':
      return bsonType(operand) === 'BSONRegExp'
        ? (value) => value !== MISSING && equal(value, operand)
        : equalityTest(operand, collation);
    case '$gt':
      return orderTest(operand, (order) => order > 0, false, collation);
    case '$gte':
      return orderTest(operand, (order) => order >= 0, true, collation);
    case '$lt':
      return orderTest(operand, (order) => order < 0, false, collation);
    case '$lte':
      return orderTest(operand, (order) => order <= 0, true, collation);
    case '$in':
      return inTest(operand, collation);
    case '$regex':
      return regexOperator(operand, siblings);
    case '$options':
      if (!('$regex' in siblings)) throw new CommandError(2, '$options needs a $regex');
      return () => true;
    case '$type':
      return typeTest(operand);
    case '$mod':
      return modTest(operand);
    default:
      throw new CommandError(2, `unknown operator: ${operator} (not served by the embedded store)`);
  }
}

function inTest(operand: unknown, collation: Collation | null): Test {
  if (!Array.isArray(operand)) throw new CommandError(2, '$in needs an array');
  const regexes = operand.filter((value) => bsonType(value) === 'BSONRegExp').map((value) => regexTest(value));
  const keys = new Set(operand.map(keyOf));
  const orMissing = operand.includes(null);
  const collated = collation === null ? [] : operand.filter(isCollated);
  return (value) => {
    if (value === MISSING) return orMissing;
    if (keys.has(keyOf(value)) || regexes.some((test) => test(value))) return true;
    return collated.some((wanted) => equal(value, wanted, collation));
  };
}

/** Ranges stay within the operand's type, save against MinKey and MaxKey; NaN equals itself alone. */
function orderTest(
  bound: unknown,
  accepts: (order: number) => boolean,
  orEqual: boolean,
  collation: Collation | null,
): Test {
  if (bsonType(bound) === 'BSONRegExp') throw new CommandError(2, "Can't have RegEx as arg to a range operator");
  const boundRank = rank(bound);
  if (bound === null) return (value) => orEqual && (value === null || value === MISSING);
  if (boundRank === -1 || boundRank === 127) return (value) => value !== MISSING && accepts(compare(value, bound));
  const boundIsNaN = boundRank === 10 && isNaNValue(bound);
  return (value) => {
    if (value === MISSING || rank(value) !== boundRank) return false;
    if (boundRank === 10 && (boundIsNaN || isNaNValue(value))) return orEqual && boundIsNaN && isNaNValue(value);
    return accepts(compare(value, bound, collation));
  };
}

function isNaNValue(value: unknown): boolean {
  return Number.isNaN(value) || (bsonType(value) === 'Decimal128' && String(value) === 'NaN');
}

function regexOperator(operand: unknown, siblings: Doc): Test {
  const given = siblings['$options'];
  if (given !== undefined && typeof given !== 'string') throw new CommandError(2, '$options has to be a string');
  const { pattern, options } =
    typeof operand === 'string' ? { pattern: operand, options: '' } : ((operand ?? {}) as BSONRegExp);
  if (typeof pattern !== 'string') throw new CommandError(2, '$regex has to be a string');
  const regex = toRegExp(pattern, given ?? options);
  return (value) => typeof value === 'string' && regex.test(value);
}

function modTest(operand: unknown): Test {
  if (!Array.isArray(operand) || operand.length !== 2) throw new CommandError(2, 'malformed mod, needs two numbers');
  const divisor = integer(operand[0], 'The divisor of $mod');
  const remainder = integer(operand[1], 'The remainder of $mod');
  if (divisor === 0) throw new CommandError(2, 'divisor cannot be 0');
  return (value) => {
    if (value === MISSING || rank(value) !== 10) return false;
    const number = Math.trunc(Number(value));
    return Number.isFinite(number) && number % divisor === remainder;
  };
}

function typeTest(operand: unknown): Test {
  const names = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typeNamesOf));
  return (value) => value !== MISSING && names.has(typeName(value));
}
