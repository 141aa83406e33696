import { equal } from '../compare.js';
import { CommandError } from '../errors.js';
import { add, isNumber } from '../numbers.js';
import { MISSING } from '../paths.js';
import { typeName } from '../typeNames.js';
import { type Doc, integer, isDoc } from '../values.js';
import {
  documentOperand,
  type Evaluate,
  isNull,
  isTrue,
  type Operator,
  operandList,
  orNull,
  strict,
  withVariables,
} from './scope.js';

/** Arrays and documents. A null or missing array gives null, save where MongoDB refuses it. */
export const ARRAY_OPERATORS: Record<string, Operator> = {
  $size: strict('$size', 1, ([value]) => arrayOnly('$size', value).length),
  $isArray: strict('$isArray', 1, ([value]) => Array.isArray(value)),
  $in: strict('$in', 2, ([wanted, array], { collation }) =>
    arrayOnly('$in', array).some((element) => equal(element, orNull(wanted), collation)),
  ),
  $arrayElemAt: strict('$arrayElemAt', 2, ([array, index]) => {
    if (isNull(array) || isNull(index)) return null;
    return elementAt(arrayOnly('$arrayElemAt', array), integer(index, 'The index of $arrayElemAt'));
  }),
  $first: strict('$first', 1, ([array]) => (isNull(array) ? null : elementAt(arrayOnly('$first', array), 0))),
  $last: strict('$last', 1, ([array]) => (isNull(array) ? null : elementAt(arrayOnly('$last', array), -1))),
  $concatArrays: (operand, compile) => {
    const parts = operandList(operand).map(compile);
    return (scope) => {
      const values = parts.map((part) => part(scope));
      return values.some(isNull) ? null : values.flatMap((value) => arrayOnly('$concatArrays', value));
    };
  },
  $filter: (operand, compile) => {
    const { input, as = 'this', cond } = documentOperand('$filter', operand, ['input', 'as', 'cond']);
    const [array, keep] = [compile(input), compile(cond)];
    return overArray('$filter', array, (elements, scope) =>
      elements.filter((element) => isTrue(keep(withVariables(scope, { [String(as)]: element })))),
    );
  },
  $map: (operand, compile) => {
    const { input, as = 'this', in: body } = documentOperand('$map', operand, ['input', 'as', 'in']);
    const [array, each] = [compile(input), compile(body)];
    return overArray('$map', array, (elements, scope) =>
      elements.map((element) => orNull(each(withVariables(scope, { [String(as)]: element })))),
    );
  },
  $reduce: (operand, compile) => {
    const { input, initialValue, in: body } = documentOperand('$reduce', operand, ['input', 'initialValue', 'in']);
    const [array, start, each] = [compile(input), compile(initialValue), compile(body)];
    return overArray('$reduce', array, (elements, scope) =>
      elements.reduce((value, element) => each(withVariables(scope, { value, this: element })), start(scope)),
    );
  },
  $sum: (operand, compile) => {
    const parts = operandList(operand).map(compile);
    return (scope) => {
      const values = parts.map((part) => part(scope));
      return sumOf(parts.length === 1 && Array.isArray(values[0]) ? values[0] : values);
    };
  },
  $objectToArray: strict('$objectToArray', 1, ([value]) => {
    if (isNull(value)) return null;
    if (!isDoc(value)) throw new CommandError(40390, '$objectToArray requires a document input');
    return Object.entries(value).map(([k, v]) => ({ k, v }));
  }),
  $mergeObjects: (operand, compile) => {
    const parts = operandList(operand).map(compile);
    return (scope) => {
      const values = parts.map((part) => part(scope)).filter((value) => !isNull(value));
      if (!values.every(isDoc)) throw new CommandError(40400, '$mergeObjects requires object inputs');
      return Object.assign({}, ...values) as Doc;
    };
  },
};

/** The sum of the numbers in a list; all else counts for nothing. */
export function sumOf(values: unknown[]): unknown {
  return values.filter(isSummable).reduce(add, 0);
}

export function isSummable(value: unknown): boolean {
  return isNumber(value);
}

function arrayOnly(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw new CommandError(17124, `The argument to ${name} must be an array, but was of type: ${typeName(value)}`);
  return value;
}

function elementAt(array: unknown[], index: number): unknown {
  const at = index < 0 ? array.length + index : index;
  return at >= 0 && at < array.length ? array[at] : MISSING;
}

function overArray(
  name: string,
  array: Evaluate,
  apply: (elements: unknown[], scope: Parameters<Evaluate>[0]) => unknown,
): Evaluate {
  return (scope) => {
    const value = array(scope);
    return isNull(value) ? null : apply(arrayOnly(name, value), scope);
  };
}
