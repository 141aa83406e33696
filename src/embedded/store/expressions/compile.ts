import { CommandError } from '../errors.js';
import { field, MISSING, splitPath } from '../paths.js';
import { PLAIN, type Settings } from '../settings.js';
import { type Doc, isDoc } from '../values.js';
import { ARITHMETIC_OPERATORS } from './arithmetic.js';
import { ARRAY_OPERATORS } from './arrays.js';
import { borrowed } from './borrowed.js';
import { FIELD_OPERATORS } from './fields.js';
import { LOGIC_OPERATORS } from './logic.js';
import { RANDOM_OPERATORS } from './random.js';
import { type Evaluate, type Operator, orNull } from './scope.js';

const OPERATORS: Record<string, Operator> = {
  ...LOGIC_OPERATORS,
  ...ARITHMETIC_OPERATORS,
  ...ARRAY_OPERATORS,
  ...FIELD_OPERATORS,
  ...RANDOM_OPERATORS,
};

/**
 * Compiles an aggregation expression. The function returned gives the value, or MISSING where MongoDB gives none.
 * Errors: CommandError 168 naming an operator that is unknown or not served.
 */
export function prepareExpression(expression: unknown, settings: Settings = PLAIN): (doc: Doc) => unknown {
  const evaluate = compileExpression(expression);
  const { collation, variables } = settings;
  return (doc) => evaluate({ variables: { ...variables, ROOT: doc, CURRENT: doc, REMOVE: MISSING }, collation });
}

function compileExpression(expression: unknown): Evaluate {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression);
  if (Array.isArray(expression)) {
    const elements = expression.map(compileExpression);
    return (scope) => elements.map((element) => orNull(element(scope)));
  }
  if (!isDoc(expression)) return () => expression;
  const keys = Object.keys(expression);
  const operator = keys.find((key) => key.startsWith('$'));
  if (operator === undefined) return compileFields(expression);
  if (keys.length > 1) {
    throw new CommandError(15983, `An expression must have exactly one field, not: ${keys.join(', ')}`);
  }
  return compileOperator(operator, expression[operator]);
}

function compileFields(fields: Doc): Evaluate {
  const compiled = Object.entries(fields).map(([name, value]) => [name, compileExpression(value)] as const);
  return (scope) => {
    const out: Doc = {};
    for (const [name, evaluate] of compiled) {
      const value = evaluate(scope);
      if (value !== MISSING) out[name] = value;
    }
    return out;
  };
}

function compileOperator(name: string, operand: unknown): Evaluate {
  if (name === '$literal') return () => operand;
  const own = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (own !== undefined) return own(operand, compileExpression);
  const apply = borrowed(name);
  if (apply === null)
    throw new CommandError(168, `Unrecognized expression '${name}' (not served by the embedded store)`);
  const operands = compileExpression(operand);
  return (scope) => apply(orNull(operands(scope)));
}

function compilePath(text: string): Evaluate {
  if (!text.startsWith('$$')) {
    const segments = splitPath(text.slice(1));
    return (scope) => pathIn(scope.variables['CURRENT'], segments, 0);
  }
  const [name = '', ...segments] = splitPath(text.slice(2));
  if (name === 'NOW') return () => new Date();
  return (scope) => {
    if (!Object.hasOwn(scope.variables, name)) throw new CommandError(17276, `Use of undefined variable: ${name}`);
    return pathIn(scope.variables[name], segments, 0);
  };
}

/** In expressions a path through an array gives the array of what its documents hold; numbers are mere names. */
function pathIn(value: unknown, segments: readonly string[], at: number): unknown {
  if (at === segments.length) return value;
  if (Array.isArray(value)) {
    return value.map((element) => pathIn(element, segments, at)).filter((found) => found !== MISSING);
  }
  return isDoc(value) ? pathIn(field(value, segments[at]!), segments, at + 1) : MISSING;
}
