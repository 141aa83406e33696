import { CommandError } from '../errors.js';
import { isOperator, prepareExpression } from '../expressions/compile.js';
import { namedOperands } from '../expressions/scope.js';
import { mapped } from '../flow.js';
import { compileProjection } from '../project.js';
import { typeName } from '../typeNames.js';
import { isDoc } from '../values.js';
import type { Stage, Surroundings } from './stage.js';

export function projectStage(operand: unknown, { settings }: Surroundings): Stage {
  if (!isDoc(operand)) throw new CommandError(15969, '$project specification must be an object');
  if (Object.keys(operand).length === 0)
    throw new CommandError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  for (const value of Object.values(operand)) {
    const name = isDoc(value) ? Object.keys(value)[0] : undefined;
    if (name?.startsWith('$') === true && !isOperator(name))
      throw new CommandError(
        31325,
        `Invalid $project :: caused by :: Unknown expression ${name} (not served by the embedded store)`,
      );
  }
  const project = compileProjection(operand, '$project', settings);
  return (flow) => mapped(flow, project);
}

export function unset(operand: unknown, { settings }: Surroundings): Stage {
  const paths = Array.isArray(operand) ? operand : [operand];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string' && path !== ''))
    throw new CommandError(31002, '$unset specification must be a string or an array of strings');
  const project = compileProjection(Object.fromEntries(paths.map((path) => [path, 0])), '$unset', settings);
  return (flow) => mapped(flow, project);
}

export function replaceRoot(name: string, operand: unknown, { settings }: Surroundings): Stage {
  const compute = prepareExpression(namedOperands(name, operand, ['newRoot'])['newRoot'], settings);
  return (flow) =>
    mapped(flow, (doc) => {
      const root = compute(doc);
      if (!isDoc(root))
        throw new CommandError(
          40228,
          `PlanExecutor error during aggregation :: caused by :: 'newRoot' expression must evaluate to an object, but its type is ${typeName(root)}`,
        );
      return root;
    });
}
