import type { Collation } from '../collation.js';
import { compare } from '../compare.js';
import { CommandError } from '../errors.js';
import { isNumber } from '../numbers.js';
import { MISSING } from '../paths.js';
import { typeName } from '../typeNames.js';
import { isDoc } from '../values.js';
import {
  documentOperand,
  type Evaluate,
  isNull,
  isTrue,
  namedOperands,
  type Operator,
  operandList,
  strict,
  variableName,
  withVariables,
} from './scope.js';

const switchOperator: Operator = (operand, compile) => {
  const { branches, default: otherwise } = documentOperand('$switch', operand, ['branches', 'default']);
  if (!Array.isArray(branches)) throw new CommandError(40060, '$switch expected an array for branches');
  const cases = branches.map((branch: unknown) => {
    const given = namedOperands('$switch branch', branch, ['case', 'then']);
    return [compile(given['case']), compile(given['then'])] as const;
  });
  if (cases.length === 0) throw new CommandError(40068, '$switch requires at least one branch');
  const fallback: Evaluate | null = otherwise === undefined ? null : compile(otherwise);
  return (scope) => {
    const found = cases.find(([when]) => isTrue(when(scope)));
    if (found !== undefined) return found[1](scope);
    if (fallback === null) throw new CommandError(40066, '$switch could not find a matching branch and has no default');
    return fallback(scope);
  };
};

/** Comparison, truth, choice and variables, on BSON's own order and notion of equality. */
export const LOGIC_OPERATORS: Record<string, Operator> = {
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $cmp: comparison('$cmp', Math.sign),
  $and: (operand, compile) => {
    const parts = operandList(operand).map((part) => compile(part));
    return (scope) => parts.every((part) => isTrue(part(scope)));
  },
  $or: (operand, compile) => {
    const parts = operandList(operand).map((part) => compile(part));
    return (scope) => parts.some((part) => isTrue(part(scope)));
  },
  $not: strict('$not', 1, ([value]) => !isTrue(value)),
  $cond: (operand, compile) => {
    const [when, yes, no] = choice(operand).map((part) => compile(part)) as [Evaluate, Evaluate, Evaluate];
    return (scope) => (isTrue(when(scope)) ? yes(scope) : no(scope));
  },
  $ifNull: (operand, compile) => {
    const parts = operandList(operand).map((part) => compile(part));
    if (parts.length < 2) throw new CommandError(1257300, '$ifNull needs at least two arguments');
    return (scope) => {
      let value: unknown = MISSING;
      for (const part of parts) {
        value = part(scope);
        if (!isNull(value)) break;
      }
      return value;
    };
  },
  $switch: switchOperator,
  $let: (operand, compile) => {
    const { vars, in: body } = namedOperands('$let', operand, ['vars', 'in']);
    if (!isDoc(vars)) throw new CommandError(16876, '$let needs vars');
    const bound = Object.entries(vars).map(([name, value]) => [variableName(name), compile(value)] as const);
    const inner = compile(
      body,
      bound.map(([name]) => name),
    );
    return (scope) =>
      inner(withVariables(scope, Object.fromEntries(bound.map(([name, value]) => [name, value(scope)]))));
  },
  $type: strict('$type', 1, ([value]) => typeName(value)),
  $isNumber: strict('$isNumber', 1, ([value]) => isNumber(value)),
};

function comparison(name: string, answer: (order: number) => unknown): Operator {
  return strict(name, 2, ([a, b], { collation }) => answer(compareWithMissing(a, b, collation)));
}

/** In expressions a missing field sorts below everything, null included, and equals only another missing one. */
function compareWithMissing(a: unknown, b: unknown, collation: Collation | null): number {
  if (a === MISSING || b === MISSING) return Number(b === MISSING) - Number(a === MISSING);
  return compare(a, b, collation);
}

/** The condition, what it gives when true, and when false: as a document or as a list. */
function choice(operand: unknown): unknown[] {
  if (isDoc(operand)) {
    const fields = namedOperands('$cond', operand, ['if', 'then', 'else']);
    return [fields['if'], fields['then'], fields['else']];
  }
  if (Array.isArray(operand) && operand.length === 3) return operand;
  throw new CommandError(16020, 'Expression $cond takes exactly 3 arguments.');
}
