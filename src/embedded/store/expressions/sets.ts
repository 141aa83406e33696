import { type Collated, collatedKeys } from '../collatedKeys.js';
import { arrayOf, truths } from './arrays.js';
import { isNull, type Operator, type Scope, strict, variadic } from './scope.js';

/** Arrays as sets: no element counts twice, and their order does not matter. */
export const SET_OPERATORS: Record<string, Operator> = {
  $setUnion: variadic((values, scope) => {
    if (values.some(isNull)) return null;
    const keyOf = keysIn(scope);
    return [
      ...setOf(
        '$setUnion',
        17043,
        values.flatMap((value) => arrayOf('$setUnion', 17043, value)),
        keyOf,
      ).values(),
    ];
  }),
  $setIntersection: variadic((values, scope) => {
    if (values.some(isNull)) return null;
    const keyOf = keysIn(scope);
    const [first = new Map<string, unknown>(), ...others] = values.map((value) =>
      setOf('$setIntersection', 17047, value, keyOf),
    );
    return [...first].filter(([key]) => others.every((other) => other.has(key))).map(([, value]) => value);
  }),
  $setDifference: strict('$setDifference', 2, (values, scope) => {
    if (values.some(isNull)) return null;
    const keyOf = keysIn(scope);
    const [from, without] = values.map((value) => setOf('$setDifference', 17048, value, keyOf));
    return [...from!].filter(([key]) => !without!.has(key)).map(([, value]) => value);
  }),
  $setIsSubset: strict('$setIsSubset', 2, (values, scope) => {
    const keyOf = keysIn(scope);
    const [some, all] = values.map((value) => setOf('$setIsSubset', 17046, value, keyOf));
    return [...some!.keys()].every((key) => all!.has(key));
  }),
  $setEquals: variadic((values, scope) => {
    const keyOf = keysIn(scope);
    const [first, ...others] = values.map((value) => setOf('$setEquals', 17044, value, keyOf));
    return others.every((other) => other.size === first!.size && [...other.keys()].every((key) => first!.has(key)));
  }),
  $allElementsTrue: strict('$allElementsTrue', 1, ([value]) => truths('$allElementsTrue', 17040, value).every(Boolean)),
  $anyElementTrue: strict('$anyElementTrue', 1, ([value]) => truths('$anyElementTrue', 17041, value).some(Boolean)),
};

function keysIn({ collation }: Scope): Collated {
  return collatedKeys(collation);
}

function setOf(name: string, code: number, value: unknown, keyOf: Collated): Map<string, unknown> {
  const out = new Map<string, unknown>();
  for (const element of arrayOf(name, code, value)) {
    const key = keyOf(element);
    if (!out.has(key)) out.set(key, element);
  }
  return out;
}
