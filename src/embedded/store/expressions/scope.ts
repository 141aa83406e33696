import type { Collation } from '../collation.js';
import { CommandError } from '../errors.js';
import { MISSING } from '../paths.js';
import { bsonType, type Doc, isDoc } from '../values.js';

/** What an expression is evaluated in. */
export interface Scope {
  /** The document, which paths and $$ROOT stand for. */
  root: unknown;
  /** Those of the command, and of $let, $map, $filter and $reduce, without the dollars. */
  variables: Doc;
  /** How strings compare; null for code points. */
  collation: Collation | null;
}
/** Gives a value, or MISSING where MongoDB gives none. */
export type Evaluate = (scope: Scope) => unknown;
/** Compiles an expression within another; `names` are the variables that it may use beside those of its surroundings. */
export type Compile = (expression: unknown, names?: string[]) => Evaluate;
/** Compiles one operator's operand. */
export type Operator = (operand: unknown, compile: Compile) => Evaluate;

/** What counts as true in an expression: all but false, zero, null and missing. */
export function isTrue(value: unknown): boolean {
  if (isNull(value) || value === false) return false;
  const type = bsonType(value);
  if (typeof value === 'number' || type === 'Double' || type === 'Long') return Number(value) !== 0;
  return type !== 'Decimal128' || !/^-?[0.]+(E|$)/.test(String(value));
}

export function isNull(value: unknown): boolean {
  return value === null || value === undefined || value === MISSING;
}

export function orNull(value: unknown): unknown {
  return value === MISSING ? null : value;
}

export function withVariables(scope: Scope, added: Doc): Scope {
  return { ...scope, variables: { ...scope.variables, ...added } };
}

const VARIABLE = /^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/u;

/** Errors: CommandError 16866 or 16867 for what a user's variable cannot be called. */
export function variableName(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw new CommandError(16866, 'empty variable names are not allowed');
  if (!VARIABLE.test(name))
    throw new CommandError(16867, `'${name}' starts with an invalid character for a user variable name`);
  return name;
}

/** Operators take one operand either bare or as a list of one. */
export function operandList(operand: unknown): unknown[] {
  return Array.isArray(operand) ? operand : [operand];
}

/** Reads the operand of an operator that takes a document. Errors: CommandError naming an argument that is not served. */
export function documentOperand(name: string, operand: unknown, allowed: string[]): Doc {
  if (!isDoc(operand)) throw new CommandError(28646, `${name} only supports an object as its argument`);
  const extra = Object.keys(operand).find((key) => !allowed.includes(key));
  if (extra !== undefined) throw new CommandError(28647, `Unrecognized parameter to ${name}: ${extra}`);
  return operand;
}

/** The same, with the arguments that must be there. */
export function namedOperands(name: string, operand: unknown, required: string[], optional: string[] = []): Doc {
  const given = documentOperand(name, operand, [...required, ...optional]);
  const missing = required.find((key) => !Object.hasOwn(given, key));
  if (missing !== undefined) throw new CommandError(28648, `Missing '${missing}' parameter to ${name}`);
  return given;
}

/** An operator with named arguments, all evaluated first; those that are left out are MISSING. */
export function named(
  name: string,
  required: string[],
  optional: string[],
  apply: (values: Doc, scope: Scope) => unknown,
): Operator {
  return (operand, compile) => {
    const given = Object.entries(namedOperands(name, operand, required, optional));
    const parts = given.map(([key, value]) => [key, compile(value)] as const);
    const absent = Object.fromEntries([...required, ...optional].map((key) => [key, MISSING]));
    return (scope) => {
      const values: Doc = { ...absent };
      for (const [key, part] of parts) values[key] = part(scope);
      return apply(values, scope);
    };
  };
}

/** An operator with a fixed number of operands, all evaluated first. */
export function strict(
  name: string,
  arity: number,
  apply: (values: unknown[], scope: Scope) => unknown,
  most = arity,
): Operator {
  return (operand, compile) => {
    const parts = operandList(operand).map((part) => compile(part));
    if (parts.length < arity || parts.length > most) {
      const wanted = most === arity ? `exactly ${arity}` : `at least ${arity} arguments, and at most ${most}`;
      const code = most === arity ? 16020 : 28667;
      throw new CommandError(code, `Expression ${name} takes ${wanted} arguments. ${parts.length} were passed in.`);
    }
    return (scope) =>
      apply(
        parts.map((part) => part(scope)),
        scope,
      );
  };
}

/** An operator with any number of operands, all evaluated first. */
export function variadic(apply: (values: unknown[], scope: Scope) => unknown): Operator {
  return (operand, compile) => {
    const parts = operandList(operand).map((part) => compile(part));
    return (scope) =>
      apply(
        parts.map((part) => part(scope)),
        scope,
      );
  };
}
