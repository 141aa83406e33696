import { compare } from '../compare.js';
import { CommandError } from '../errors.js';
import { compareSortKeys, readSort, sortKeysOf } from '../sort.js';
import { isDoc } from '../values.js';
import { arrayOf, whole } from './arrays.js';
import {
  type Evaluate,
  isNull,
  isTrue,
  namedOperands,
  type Operator,
  orNull,
  type Scope,
  variableName,
  withVariables,
} from './scope.js';

/** What looks at the elements of an array one by one. */
export const ELEMENT_OPERATORS: Record<string, Operator> = {
  $filter: (operand, compile) => {
    const { input, as = 'this', cond, limit } = namedOperands('$filter', operand, ['input', 'cond'], ['as', 'limit']);
    const name = variableName(as);
    const [array, keep, most] = [compile(input), compile(cond, [name]), compile(limit ?? null)];
    return overArray('$filter', 28651, array, (elements, scope) => {
      const limited = most(scope);
      let left = isNull(limited) ? elements.length : positive(limited);
      return elements.filter((element) => {
        const isKept = left > 0 && isTrue(keep(withVariables(scope, { [name]: element })));
        if (isKept) left--;
        return isKept;
      });
    });
  },
  $map: (operand, compile) => {
    const { input, as = 'this', in: body } = namedOperands('$map', operand, ['input', 'in'], ['as']);
    const name = variableName(as);
    const [array, each] = [compile(input), compile(body, [name])];
    return overArray('$map', 16883, array, (elements, scope) =>
      elements.map((element) => orNull(each(withVariables(scope, { [name]: element })))),
    );
  },
  $reduce: (operand, compile) => {
    const { input, initialValue, in: body } = namedOperands('$reduce', operand, ['input', 'initialValue', 'in']);
    const [array, start, each] = [compile(input), compile(initialValue), compile(body, ['this', 'value'])];
    return overArray('$reduce', 40080, array, (elements, scope) =>
      elements.reduce((value, element) => each(withVariables(scope, { value, this: element })), start(scope)),
    );
  },
  $sortArray: (operand, compile) => {
    const { input, sortBy } = namedOperands('$sortArray', operand, ['input', 'sortBy']);
    const order = elementOrder(sortBy);
    return overArray('$sortArray', 2942504, compile(input), (elements, scope) => elements.slice().sort(order(scope)));
  },
  $zip: (operand, compile) => {
    const given = namedOperands('$zip', operand, ['inputs'], ['useLongestLength', 'defaults']);
    const { inputs, useLongestLength = false, defaults } = given;
    if (!Array.isArray(inputs)) throw new CommandError(34461, 'inputs must be an array of expressions');
    const arrays = inputs.map((input) => compile(input));
    const fill = Array.isArray(defaults) ? defaults.map((value) => compile(value)) : [];
    return (scope) => {
      const values = arrays.map((array) => array(scope));
      if (values.some(isNull)) return null;
      const lists = values.map((value) => arrayOf('$zip', 34468, value));
      const lengths = lists.map((list) => list.length);
      const length = useLongestLength === true ? Math.max(...lengths) : Math.min(...lengths);
      const absent = fill.map((value) => orNull(value(scope)));
      return Array.from({ length }, (_, at) =>
        lists.map((list, i) => (at < list.length ? list[at] : (absent[i] ?? null))),
      );
    };
  },
};

function positive(value: unknown): number {
  const limit = whole('$filter', 327391, value);
  if (limit < 1) throw new CommandError(327392, `$filter: limit must be greater than 0: ${limit}`);
  return limit;
}

/** By the fields of the elements, or, for 1 and -1, by the elements as they are. */
function elementOrder(sortBy: unknown): (scope: Scope) => (a: unknown, b: unknown) => number {
  if (isDoc(sortBy)) {
    const columns = readSort(sortBy);
    return ({ collation }) => {
      const keys = (element: unknown) => sortKeysOf(isDoc(element) ? element : {}, columns, collation);
      return (a, b) => compareSortKeys(keys(a), keys(b), columns, collation);
    };
  }
  const way = Number(sortBy);
  if (way !== 1 && way !== -1)
    throw new CommandError(15975, '$sort key ordering must be 1 (ascending) or -1 (descending)');
  return ({ collation }) =>
    (a, b) =>
      compare(a, b, collation) * way;
}

function overArray(
  name: string,
  code: number,
  array: Evaluate,
  apply: (elements: unknown[], scope: Scope) => unknown,
): Evaluate {
  return (scope) => {
    const value = array(scope);
    return isNull(value) ? null : apply(arrayOf(name, code, value), scope);
  };
}
