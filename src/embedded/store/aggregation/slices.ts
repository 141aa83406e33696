import { CommandError } from '../errors.js';
import { namedOperands } from '../expressions/scope.js';
import { type Flow, PAUSE, type Step } from '../flow.js';
import { createBudget, footprint } from '../footprint.js';
import { type Doc, integer } from '../values.js';
import type { Stage } from './stage.js';

/** Stages that give some of the documents as they are, or tell how many there are. */
export function skipDocs(operand: unknown): Stage {
  const count = integer(operand, 'the $skip');
  if (count < 0)
    throw new CommandError(5107200, `invalid argument to $skip stage: Expected a non-negative number: ${count}`);
  return function* (flow: Flow): Generator<Step> {
    let skipped = 0;
    for (const step of flow) if (step === PAUSE || skipped++ >= count) yield step;
  };
}

export function limitDocs(operand: unknown): Stage {
  const count = integer(operand, 'the $limit');
  if (count < 0)
    throw new CommandError(5107201, `invalid argument to $limit stage: Expected a non-negative number: ${count}`);
  if (count === 0) throw new CommandError(15958, 'the limit must be positive');
  return function* (flow: Flow): Generator<Step> {
    let given = 0;
    for (const step of flow) {
      yield step;
      if (step !== PAUSE && ++given >= count) return;
    }
  };
}

/** Any of the documents, each as likely as the others. */
export function sampleDocs(operand: unknown): Stage {
  const size = integer(namedOperands('$sample', operand, ['size'])['size'], 'size argument to $sample');
  if (size <= 0) throw new CommandError(28747, 'size argument to $sample must be a positive integer');
  return function* (flow: Flow): Generator<Step> {
    const hold = createBudget('$sample');
    const taken: Doc[] = [];
    let seen = 0;
    for (const step of flow) {
      if (step === PAUSE) yield PAUSE;
      else {
        const at = seen < size ? taken.length : Math.floor(Math.random() * (seen + 1));
        seen++;
        if (at >= size) continue;
        hold(footprint(step) - (at < taken.length ? footprint(taken[at]) : 0));
        taken[at] = step;
      }
    }
    yield* taken;
  };
}

export function countDocs(operand: unknown): Stage {
  if (typeof operand !== 'string' || operand === '')
    throw new CommandError(40156, 'the count field must be a non-empty string');
  if (operand.startsWith('$')) throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  if (operand.includes('\0')) throw new CommandError(40159, 'the count field cannot contain a null byte');
  if (operand.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
  return function* (flow: Flow): Generator<Step> {
    let count = 0;
    for (const step of flow) {
      if (step === PAUSE) yield PAUSE;
      else count++;
    }
    if (count > 0) yield { [operand]: count };
  };
}
