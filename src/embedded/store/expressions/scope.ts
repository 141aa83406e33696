import type { Collation } from '../collation.js';
import { CommandError } from '../errors.js';
import { MISSING } from '../paths.js';
import { bsonType, type Doc, isDoc } from '../values.js';

/** What an expression is evaluated in: `variables` holds ROOT, CURRENT and those of $let, $map, $filter and $reduce. */
export interface Scope {
  variables: Doc;
  /** How strings compare; null for code points. */
  collation: Collation | null;
}
/** Gives a value, or MISSING where MongoDB gives none. */
export type Evaluate = (scope: Scope) => unknown;
/** Compiles one operator's operand; `compile` compiles the expressions within it. */
export type Operator = (operand: unknown, compile: (expression: unknown) => Evaluate) => Evaluate;

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

/** An operator with a fixed number of operands, all evaluated first. */
export function strict(name: string, arity: number, apply: (values: unknown[], scope: Scope) => unknown): Operator {
  return (operand, compile) => {
    const parts = operandList(operand).map(compile);
    if (parts.length !== arity) {
      throw new CommandError(
        16020,
        `Expression ${name} takes exactly ${arity} arguments. ${parts.length} were passed in.`,
      );
    }
    return (scope) =>
      apply(
        parts.map((part) => part(scope)),
        scope,
      );
  };
}
