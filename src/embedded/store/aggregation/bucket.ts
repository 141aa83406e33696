import { compare, rank } from '../compare.js';
import { CommandError } from '../errors.js';
import { namedOperands } from '../expressions/scope.js';
import { type Doc, isDoc } from '../values.js';
import { groupDocs } from './group.js';
import { sortStage } from './sortStage.js';
import type { Stage, Surroundings } from './stage.js';

/** Compiles $bucket: a $group by the greatest boundary that a value reaches, in order. */
export function bucket(operand: unknown, around: Surroundings): Stage {
  const given = namedOperands('$bucket', operand, ['groupBy', 'boundaries'], ['default', 'output']);
  const { groupBy, boundaries, output = { count: { $sum: 1 } } } = given;
  const isExpression = (typeof groupBy === 'string' && groupBy.startsWith('$')) || isDoc(groupBy);
  if (!isExpression)
    throw new CommandError(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  const edges = readBoundaries(boundaries);
  if (!isDoc(output)) throw new CommandError(40196, "The $bucket 'output' field must be an object");
  const fallback = Object.hasOwn(given, 'default') ? readDefault(given['default'], edges) : null;
  const branches = edges.slice(0, -1).map((edge, i) => ({
    case: { $and: [{ $gte: [groupBy, edge] }, { $lt: [groupBy, edges[i + 1]] }] },
    // biome-ignore lint/suspicious/noThenProperty: MongoDB's own name for it
    then: edge,
  }));
  const group = groupDocs({ _id: { $switch: { branches, ...fallback } }, ...output }, around.settings);
  const sort = sortStage({ _id: 1 }, around, []);
  return (flow) => sort(group(flow));
}

function readBoundaries(boundaries: unknown): Doc[] {
  if (!Array.isArray(boundaries))
    throw new CommandError(40200, "The $bucket 'boundaries' field must be an array of values");
  if (boundaries.length < 2)
    throw new CommandError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  for (const [i, edge] of boundaries.slice(1).entries()) {
    const before = boundaries[i];
    if (rank(before) !== rank(edge))
      throw new CommandError(40193, "All values in the 'boundaries' option to $bucket must have the same type");
    if (compare(before, edge) >= 0)
      throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  }
  return boundaries.map((edge) => ({ $literal: edge }));
}

function readDefault(value: unknown, edges: Doc[]): Doc {
  const [lowest, highest] = [edges[0]!['$literal'], edges.at(-1)!['$literal']];
  if (compare(value, lowest) >= 0 && compare(value, highest) < 0)
    throw new CommandError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest",
    );
  return { default: { $literal: value } };
}
