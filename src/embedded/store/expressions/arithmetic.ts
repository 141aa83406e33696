import { Decimal128, Long } from 'bson';
import { type Rounding, roundDecimal } from '../decimals.js';
import { CommandError, notServed } from '../errors.js';
import { divide, double, isNumber, modulo, multiply, subtract } from '../numbers.js';
import { createSum } from '../summation.js';
import { typeName } from '../typeNames.js';
import { isNull, type Operator, strict, variadic } from './scope.js';

/** Arithmetic on numbers and dates; null when an operand is null or missing. */
export const ARITHMETIC_OPERATORS: Record<string, Operator> = {
  $add: variadic((values) => {
    if (values.some(isNull)) return null;
    const sum = createSum();
    let dates = 0;
    for (const value of values) {
      if (value instanceof Date && ++dates > 1)
        throw new CommandError(16612, 'only one date allowed in an $add expression');
      sum.add(value instanceof Date ? double(+value) : numberOnly('$add', value, 'numeric or date'));
    }
    return dates > 0 ? asDate(sum.total()) : sum.total();
  }),
  $multiply: variadic((values) => {
    if (values.some(isNull)) return null;
    return values.map((value) => numberOnly('$multiply', value)).reduce(multiply, 1);
  }),
  $subtract: binary(14, '$subtract', (a, b) => {
    if (a instanceof Date)
      return b instanceof Date ? Long.fromNumber(+a - +b) : asDate(+a - Number(String(numberOnly('$subtract', b))));
    return subtract(numberOnly('$subtract', a), numberOnly('$subtract', b));
  }),
  $divide: binary(14, '$divide', (a, b) => {
    const [top, bottom] = [numberOnly('$divide', a), numberOnly('$divide', b)];
    if (amount(bottom) === 0) throw new CommandError(2, "can't $divide by zero");
    return divide(top, bottom);
  }),
  $mod: binary(16611, '$mod', (a, b) => {
    if (amount(numberOnly('$mod', b)) === 0) throw new CommandError(16610, "can't $mod by zero");
    return modulo(numberOnly('$mod', a), b);
  }),
  $abs: unary('$abs', (value) => (amount(value) < 0 ? multiply(value, -1) : value)),
  $floor: unary('$floor', (value) => rounded(value, 0, 'floor')),
  $ceil: unary('$ceil', (value) => rounded(value, 0, 'ceil')),
  $round: toPlace('$round', 'even'),
  $trunc: toPlace('$trunc', 'down'),
  $sqrt: unary('$sqrt', (value) => {
    if (amount(value) < 0) throw new CommandError(28714, "$sqrt's argument must be greater than or equal to 0");
    return inDoubles('$sqrt', value, Math.sqrt);
  }),
  $exp: unary('$exp', (value) => inDoubles('$exp', value, Math.exp)),
  $ln: unary('$ln', (value) => logarithm('$ln', 28766, value, Math.log)),
  $log10: unary('$log10', (value) => logarithm('$log10', 28761, value, Math.log10)),
  $log: binary(28756, '$log', (value, base) => {
    const bottom = amount(numberOnly('$log', base));
    if (bottom <= 0 || bottom === 1)
      throw new CommandError(28759, `$log's base must be a positive number not equal to 1, but is ${bottom}`);
    return logarithm('$log', 28758, numberOnly('$log', value), (number) => Math.log(number) / Math.log(bottom));
  }),
  $pow: binary(28762, '$pow', power),
};

function numberOnly(name: string, value: unknown, kinds = 'numeric'): unknown {
  if (!isNumber(value)) throw new CommandError(14, `${name} only supports ${kinds} types, not ${typeName(value)}`);
  return value;
}

function amount(value: unknown): number {
  return typeof value === 'number' ? value : Number(String(value));
}

function asDate(milliseconds: unknown): Date {
  return new Date(Math.trunc(amount(milliseconds)));
}

function unary(name: string, apply: (value: unknown) => unknown): Operator {
  return strict(name, 1, ([value]) => {
    if (isNull(value)) return null;
    if (!isNumber(value)) throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return apply(value);
  });
}

function binary(code: number, name: string, apply: (a: unknown, b: unknown) => unknown): Operator {
  return strict(name, 2, (values) => {
    if (values.some(isNull)) return null;
    const wrong = values.find((value) => !isNumber(value) && !(value instanceof Date));
    if (wrong !== undefined)
      throw new CommandError(code, `${name} only supports numeric types, not ${typeName(wrong)}`);
    return apply(values[0], values[1]);
  });
}

const FURTHEST = 100;

function toPlace(name: string, rounding: Rounding): Operator {
  return strict(
    name,
    1,
    ([value, place = 0]) => {
      if (isNull(value) || isNull(place)) return null;
      if (!isNumber(value))
        throw new CommandError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
      const digits = amount(place);
      if (!isNumber(place) || !Number.isInteger(digits))
        throw new CommandError(51082, `precision argument to  ${name} must be a integral value`);
      if (digits < -20 || digits > FURTHEST)
        throw new CommandError(
          51083,
          `cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`,
        );
      return rounded(value, digits, rounding);
    },
    2,
  );
}

/** To so many places, in the number's own type; a double as the exact amount that it is. */
function rounded(value: unknown, place: number, rounding: Rounding): unknown {
  const type = typeName(value);
  if (type === 'decimal') return roundDecimal(value as Decimal128, place, rounding);
  if (type !== 'double') return place >= 0 ? value : roundedWhole(value, place, rounding);
  const number = Number(value);
  if (!Number.isFinite(number) || number === 0) return value;
  if (place === 0 && rounding === 'floor') return double(Math.floor(number));
  if (place === 0 && rounding === 'ceil') return double(Math.ceil(number));
  if (place === 0 && rounding === 'down') return double(Math.trunc(number));
  return double(amount(roundDecimal(Decimal128.fromString(number.toPrecision(MOST_DIGITS)), place, rounding)));
}

const MOST_DIGITS = 34;

function roundedWhole(value: unknown, place: number, rounding: Rounding): unknown {
  const whole = BigInt(String(value));
  const unit = 10n ** BigInt(-place);
  const rest = whole % unit;
  const down = whole - rest;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const isAway = rounding === 'even' && (twice > unit || (twice === unit && (down / unit) % 2n !== 0n));
  const out = isAway ? down + (whole < 0n ? -unit : unit) : down;
  return typeName(value) === 'int' && BigInt.asIntN(32, out) === out ? Number(out) : Long.fromBigInt(out);
}

function inDoubles(name: string, value: unknown, apply: (value: number) => number): unknown {
  if (typeName(value) === 'decimal') throw notServed(`${name} of a Decimal128`);
  return double(apply(Number(value)));
}

function logarithm(name: string, code: number, value: unknown, apply: (value: number) => number): unknown {
  if (amount(value) <= 0)
    throw new CommandError(code, `${name}'s argument must be a positive number, but is ${amount(value)}`);
  return inDoubles(name, value, apply);
}

/** Whole numbers stay whole where the result is and fits. */
function power(base: unknown, exponent: unknown): unknown {
  const [x, y] = [numberOnly('$pow', base), numberOnly('$pow', exponent)];
  const types = [typeName(x), typeName(y)];
  if (types.includes('decimal')) throw notServed('$pow of a Decimal128');
  if (amount(x) === 0 && amount(y) < 0)
    throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent');
  const result = amount(x) ** amount(y);
  if (types.includes('double') || amount(y) < 0 || Math.abs(result) >= 2 ** 63) return double(result);
  const whole = BigInt(String(x)) ** BigInt(String(y));
  return types.includes('long') || BigInt.asIntN(32, whole) !== whole ? Long.fromBigInt(whole) : Number(whole);
}
