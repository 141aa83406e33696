import { CommandError } from '../errors.js';
import { field, MISSING, splitPath } from '../paths.js';
import { PLAIN, type Settings } from '../settings.js';
import { type Doc, isDoc } from '../values.js';
import { ARITHMETIC_OPERATORS } from './arithmetic.js';
import { ARRAY_OPERATORS } from './arrays.js';
import { CONVERSION_OPERATORS } from './conversions.js';
import { DATE_SUM_OPERATORS } from './dateSums.js';
import { DATE_OPERATORS } from './dates.js';
import { DATE_TEXT_OPERATORS } from './dateTexts.js';
import { ELEMENT_OPERATORS } from './elements.js';
import { FIELD_OPERATORS } from './fields.js';
import { LOGIC_OPERATORS } from './logic.js';
import { RANDOM_OPERATORS } from './random.js';
import { REGEX_OPERATORS } from './regexes.js';
import { type Compile, type Evaluate, type Operator, orNull } from './scope.js';
import { SET_OPERATORS } from './sets.js';
import { STATISTIC_OPERATORS } from './statistics.js';
import { STRING_OPERATORS } from './strings.js';

const OPERATORS: Record<string, Operator> = {
  ...LOGIC_OPERATORS,
  ...ARITHMETIC_OPERATORS,
  ...STATISTIC_OPERATORS,
  ...ARRAY_OPERATORS,
  ...ELEMENT_OPERATORS,
  ...SET_OPERATORS,
  ...FIELD_OPERATORS,
  ...RANDOM_OPERATORS,
  ...STRING_OPERATORS,
  ...REGEX_OPERATORS,
  ...DATE_OPERATORS,
  ...DATE_SUM_OPERATORS,
  ...DATE_TEXT_OPERATORS,
  ...CONVERSION_OPERATORS,
};

/** Those that every expression may use. */
const SYSTEM_VARIABLES = ['NOW', 'ROOT', 'CURRENT', 'REMOVE'];

/**
 * Compiles an aggregation expression. The function returned gives the value, or MISSING where MongoDB gives none.
 * Errors: CommandError 168 naming an operator that is unknown or not served, 17276 for a variable that is not there.
 */
export function prepareExpression(expression: unknown, settings: Settings = PLAIN): (doc: Doc) => unknown {
  const { collation, variables, now = new Date() } = settings;
  const evaluate = compilerFor([...SYSTEM_VARIABLES, ...Object.keys(variables)], now)(expression);
  return (root) => evaluate({ root, variables, collation });
}

/** Whether there is such an operator here. */
export function isOperator(name: string): boolean {
  return name === '$literal' || name === '$const' || Object.hasOwn(OPERATORS, name);
}

function compilerFor(known: string[], now: Date): Compile {
  const compile: Compile = (expression, names = []) => {
    if (names.length > 0) return compilerFor([...known, ...names], now)(expression);
    if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, known, now);
    if (Array.isArray(expression)) {
      const elements = expression.map((element) => compile(element));
      return (scope) => elements.map((element) => orNull(element(scope)));
    }
    if (!isDoc(expression)) return () => expression;
    const keys = Object.keys(expression);
    const operator = keys.find((key) => key.startsWith('$'));
    if (operator === undefined) return compileFields(expression, compile);
    if (keys.length > 1)
      throw new CommandError(15983, `An expression must have exactly one field, not: ${keys.join(', ')}`);
    return compileOperator(operator, expression[operator], compile);
  };
  return compile;
}

function compileFields(fields: Doc, compile: Compile): Evaluate {
  const compiled = Object.entries(fields).map(([name, value]) => {
    if (name.includes('.')) throw new CommandError(16412, `FieldPath field names may not contain '.', as in '${name}'`);
    return [name, compile(value)] as const;
  });
  return (scope) => {
    const out: Doc = {};
    for (const [name, evaluate] of compiled) {
      const value = evaluate(scope);
      if (value !== MISSING) out[name] = value;
    }
    return out;
  };
}

function compileOperator(name: string, operand: unknown, compile: Compile): Evaluate {
  if (name === '$literal' || name === '$const') return () => operand;
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined)
    throw new CommandError(168, `Unrecognized expression '${name}' (not served by the embedded store)`);
  return operator(operand, compile);
}

function compilePath(text: string, known: string[], now: Date): Evaluate {
  if (!text.startsWith('$$')) {
    const segments = splitPath(text.slice(1));
    const [only] = segments;
    if (segments.length === 1) return ({ root }) => (isDoc(root) ? field(root, only!) : MISSING);
    return ({ root }) => pathIn(root, segments, 0);
  }
  const [name = '', ...segments] = splitPath(text.slice(2));
  if (!known.includes(name)) throw new CommandError(17276, `Use of undefined variable: ${name}`);
  if (name === 'NOW') return () => now;
  if (name === 'REMOVE') return () => MISSING;
  if (name === 'ROOT' || name === 'CURRENT') return ({ root }) => pathIn(root, segments, 0);
  return ({ variables }) => pathIn(variables[name], segments, 0);
}

/** In expressions a path through an array gives the array of what its documents hold; numbers are mere names. */
function pathIn(value: unknown, segments: readonly string[], at: number): unknown {
  if (at === segments.length) return value;
  if (Array.isArray(value)) {
    return value.map((element) => pathIn(element, segments, at)).filter((found) => found !== MISSING);
  }
  return isDoc(value) ? pathIn(field(value, segments[at]!), segments, at + 1) : MISSING;
}
