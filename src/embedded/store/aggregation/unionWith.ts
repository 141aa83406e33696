import { CommandError, notServed } from '../errors.js';
import { documentOperand } from '../expressions/scope.js';
import type { Flow, Step } from '../flow.js';
import type { Doc } from '../values.js';
import type { Stage, Surroundings } from './stage.js';

/** Compiles $unionWith: after the documents come those of another collection, through stages of its own. */
export function unionWith(operand: unknown, { open, settings }: Surroundings): Stage {
  if (open === null) throw notServed('$unionWith here');
  const given =
    typeof operand === 'string' ? { coll: operand } : documentOperand('$unionWith', operand, ['coll', 'pipeline']);
  const { coll = null, pipeline = [] } = given as Doc;
  if ((coll !== null && typeof coll !== 'string') || !Array.isArray(pipeline))
    throw new CommandError(9, 'the $unionWith stage specification must be a string or an object of coll and pipeline');
  const others = open(coll, pipeline as Doc[], settings);
  return function* (flow: Flow): Generator<Step> {
    yield* flow;
    yield* others(null);
  };
}
