import { CommandError, notServed } from './errors.js';
import { prepareExpression } from './expressions/compile.js';
import { isTrue } from './expressions/scope.js';
import { candidates, MISSING, splitPath } from './paths.js';
import { elementTest, equalityTest, type Test } from './predicates.js';
import { PLAIN, type Settings } from './settings.js';
import { bsonType, type Doc, integer, isDoc } from './values.js';

export type Matcher = (doc: Doc) => boolean;

/**
 * Compiles a query into a predicate, with MongoDB's semantics of types, nulls and arrays.
 * Errors: CommandError that names an operator which is unknown, malformed or not served, before any document is read.
 */
export function compileFilter(filter: unknown, settings: Settings = PLAIN): Matcher {
  if (!isDoc(filter)) throw new CommandError(14, 'A filter must be a document');
  const parts = Object.entries(filter).flatMap(([key, condition]) => {
    if (key.startsWith('$')) return topLevel(key, condition, settings);
    return fieldMatcher(key, condition, settings);
  });
  return every(parts);
}

function every(parts: Matcher[]): Matcher {
  if (parts.length === 1) return parts[0]!;
  return (doc) => parts.every((part) => part(doc));
}

function topLevel(operator: string, operand: unknown, settings: Settings): Matcher[] {
  if (operator === '$comment') return [];
  if (operator === '$expr') {
    const expression = prepareExpression(operand, settings);
    return [(doc) => isTrue(expression(doc))];
  }
  if (operator === '$and') return clauses(operator, operand, settings);
  if (operator === '$or') {
    const any = clauses(operator, operand, settings);
    return [(doc) => any.some((clause) => clause(doc))];
  }
  if (operator === '$nor') {
    const none = clauses(operator, operand, settings);
    return [(doc) => !none.some((clause) => clause(doc))];
  }
  throw new CommandError(2, `unknown top level operator: ${operator} (not served by the embedded store)`);
}

function clauses(operator: string, operand: unknown, settings: Settings): Matcher[] {
  if (!Array.isArray(operand) || operand.length === 0) {
    throw new CommandError(2, `${operator} must be a nonempty array`);
  }
  return operand.map((clause) => compileFilter(clause, settings));
}

/** Whether a condition is a document of operators ({$gt: 1}), not a value to be equal to. */
export function hasOperators(condition: unknown): condition is Doc {
  if (!isDoc(condition)) return false;
  const first = Object.keys(condition)[0];
  return first?.startsWith('$') === true && !['$ref', '$id', '$db'].includes(first);
}

function fieldMatcher(path: string, condition: unknown, settings: Settings): Matcher {
  const segments = splitPath(path);
  if (!hasOperators(condition)) return anyCandidate(segments, equalityTest(condition, settings.collation));
  return operatorsMatcher(
    condition,
    (test) => anyCandidate(segments, test),
    (test) => (doc) => candidates(doc, segments, false).some(test),
    settings,
  );
}

function anyCandidate(segments: string[], test: Test): Matcher {
  return (doc) => candidates(doc, segments).some(test);
}

/**
 * @param onValues lifts a test of one value to a document (array elements included)
 * @param onWhole  the same, with arrays seen whole
 */
function operatorsMatcher(
  operators: Doc,
  onValues: (test: Test) => Matcher,
  onWhole: (test: Test) => Matcher,
  settings: Settings,
): Matcher {
  const { collation } = settings;
  const not =
    (matcher: Matcher): Matcher =>
    (doc) =>
      !matcher(doc);
  const parts = Object.entries(operators).map(([operator, operand]): Matcher => {
    switch (operator) {
      case '$ne':
        return not(onValues(elementTest('$eq', operand, operators, collation)));
      case '$nin':
        return not(onValues(elementTest('$in', operand, operators, collation)));
      case '$not':
        if (bsonType(operand) === 'BSONRegExp') return not(onValues(equalityTest(operand)));
        if (!hasOperators(operand)) throw new CommandError(2, '$not needs a regex or a document of operators');
        return not(operatorsMatcher(operand, onValues, onWhole, settings));
      case '$exists': {
        const present = onWhole((value) => value !== MISSING);
        return isTrue(operand) ? present : not(present);
      }
      case '$size': {
        const size = integer(operand, '$size');
        return onWhole((value) => Array.isArray(value) && value.length === size);
      }
      case '$elemMatch':
        return onWhole(elemMatchTest(operand, settings));
      case '$all':
        return allMatcher(operand, onValues, onWhole, settings);
      default:
        return onValues(elementTest(operator, operand, operators, collation));
    }
  });
  return every(parts);
}

function allMatcher(
  operand: unknown,
  onValues: (test: Test) => Matcher,
  onWhole: (test: Test) => Matcher,
  settings: Settings,
): Matcher {
  if (!Array.isArray(operand)) throw new CommandError(2, '$all needs an array');
  if (operand.length === 0) return () => false;
  return every(
    operand.map((wanted) => {
      if (!hasOperators(wanted)) return onValues(equalityTest(wanted, settings.collation));
      if (Object.keys(wanted).join() !== '$elemMatch') throw notServed(`$all with ${Object.keys(wanted)[0]}`);
      return onWhole(elemMatchTest(wanted['$elemMatch'], settings));
    }),
  );
}

function elemMatchTest(operand: unknown, settings: Settings): Test {
  if (!isDoc(operand)) throw new CommandError(2, '$elemMatch needs an Object');
  const logical = ['$and', '$or', '$nor', '$expr'].includes(Object.keys(operand)[0] ?? '');
  const one = hasOperators(operand) && !logical ? elementOperators(operand, settings) : documentTest(operand, settings);
  return (value) => Array.isArray(value) && value.some(one);
}

function documentTest(operand: Doc, settings: Settings): Test {
  const matcher = compileFilter(operand, settings);
  // An element that is itself an array is matched as a document whose fields are its positions.
  return (element) => (isDoc(element) ? matcher(element) : Array.isArray(element) && matcher({ ...element }));
}

/** {$elemMatch: {$gt: 1, $lt: 5}}: the operators apply to each element as it stands. */
function elementOperators(operand: Doc, settings: Settings): Test {
  const alone =
    (test: Test): Matcher =>
    (holder) =>
      test(holder['element']);
  const matcher = operatorsMatcher(operand, alone, alone, settings);
  return (element) => matcher({ element });
}
