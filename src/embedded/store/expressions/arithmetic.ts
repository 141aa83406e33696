import { CommandError } from '../errors.js';
import { add, double, isNumber, modulo, multiply, refuseDecimal, subtract } from '../numbers.js';
import { typeName } from '../typeNames.js';
import { isNull, type Operator, operandList, strict } from './scope.js';

/** Arithmetic on numbers and dates; null when an operand is null or missing. */
export const ARITHMETIC_OPERATORS: Record<string, Operator> = {
  $add: fold('$add', 0, (total, value) => {
    if (!(total instanceof Date || value instanceof Date)) return add(total, value);
    if (total instanceof Date && value instanceof Date) {
      throw new CommandError(16612, 'only one date allowed in an $add expression');
    }
    return new Date(Number(total) + Number(value));
  }),
  $multiply: fold('$multiply', 1, (total, value) =>
    multiply(numberOnly('$multiply', total), numberOnly('$multiply', value)),
  ),
  $subtract: binary('$subtract', (a, b) => {
    if (a instanceof Date) return b instanceof Date ? add(+a - +b, 0) : new Date(+a - Number(b));
    return subtract(a, numberOnly('$subtract', b));
  }),
  $divide: binary('$divide', (a, b) => {
    if (Number(numberOnly('$divide', b)) === 0) throw new CommandError(2, "can't $divide by zero");
    for (const value of [a, b]) refuseDecimal(value);
    return double(Number(numberOnly('$divide', a)) / Number(b));
  }),
  $mod: binary('$mod', (a, b) => {
    if (Number(numberOnly('$mod', b)) === 0) throw new CommandError(16610, "can't $mod by zero");
    return modulo(numberOnly('$mod', a), b);
  }),
  $abs: unary('$abs', (value) => (Number(String(value)) < 0 ? multiply(value, -1) : value)),
  $floor: rounded('$floor', Math.floor),
  $ceil: rounded('$ceil', Math.ceil),
};

function numberOnly(name: string, value: unknown): unknown {
  if (!isNumber(value)) throw new CommandError(14, `${name} only supports numeric types, not ${typeName(value)}`);
  return value;
}

function numberOrDate(name: string, value: unknown): unknown {
  return value instanceof Date ? value : numberOnly(name, value);
}

function unary(name: string, apply: (value: unknown) => unknown): Operator {
  return strict(name, 1, ([value]) => (isNull(value) ? null : apply(numberOnly(name, value))));
}

function rounded(name: string, round: (value: number) => number): Operator {
  return unary(name, (value) => {
    refuseDecimal(value);
    return typeName(value) === 'double' ? double(round(Number(value))) : value;
  });
}

function binary(name: string, apply: (a: unknown, b: unknown) => unknown): Operator {
  return strict(name, 2, (values) => {
    if (values.some(isNull)) return null;
    return apply(numberOrDate(name, values[0]), numberOrDate(name, values[1]));
  });
}

function fold(name: string, start: number, step: (total: unknown, value: unknown) => unknown): Operator {
  return (operand, compile) => {
    const parts = operandList(operand).map(compile);
    return (scope) => {
      const values = parts.map((part) => part(scope));
      if (values.some(isNull)) return null;
      return values.map((value) => numberOrDate(name, value)).reduce(step, start);
    };
  };
}
