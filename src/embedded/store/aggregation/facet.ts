import { CommandError } from '../errors.js';
import { BETWEEN_PAUSES, type Flow, PAUSE, type Step, type Steps } from '../flow.js';
import { createBudget, footprint } from '../footprint.js';
import { type Doc, isDoc } from '../values.js';
import type { Stage } from './stage.js';

/** One of the pipelines of a $facet, at work. */
interface Facet {
  name: string;
  /** What it is given next; when it has read that, it pauses until there is more. */
  batch: Doc[];
  isLast: boolean;
  rest: Iterator<Step>;
  out: Doc[];
  isDone: boolean;
}

/** Compiles $facet: all its pipelines are given the documents side by side, so that these need not be held. */
export function facet(operand: unknown, compile: (stages: unknown) => Stage): Stage {
  if (!isDoc(operand) || Object.keys(operand).length === 0)
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  const pipelines = Object.entries(operand).map(([name, stages]) => {
    if (name.includes('.') || name.startsWith('$')) throw new CommandError(16410, `'${name}' cannot name a facet`);
    if (!Array.isArray(stages)) throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is none`);
    if (stages.some((stage) => isDoc(stage) && '$facet' in stage))
      throw new CommandError(40600, '$facet is not allowed to be used within a $facet stage');
    return { name, run: compile(stages) };
  });
  return function* (flow: Flow): Generator<Step> {
    const hold = createBudget('$facet');
    const facets = pipelines.map(({ name, run }) => begin(name, run));
    for (const batch of batches(flow)) {
      if (batch === PAUSE) yield PAUSE;
      else for (const one of facets) yield* goOn(one, batch, hold);
      if (facets.every(({ isDone }) => isDone)) break;
    }
    for (const one of facets) {
      one.isLast = true;
      yield* goOn(one, [], hold);
    }
    yield Object.fromEntries(facets.map(({ name, out }) => [name, out]));
  };
}

function begin(name: string, run: Stage): Facet {
  const one: Facet = { name, batch: [], isLast: false, rest: [][Symbol.iterator](), out: [], isDone: false };
  one.rest = run(given(one))[Symbol.iterator]();
  return one;
}

function* given(to: Facet): Generator<Step> {
  for (;;) {
    const { batch } = to;
    to.batch = [];
    yield* batch;
    if (to.batch.length > 0) continue;
    if (to.isLast) return;
    yield PAUSE;
  }
}

/** Lets a pipeline do what it can with these documents. */
function* goOn(one: Facet, batch: Doc[], hold: (bytes: number) => void): Steps<void> {
  if (one.isDone) return;
  one.batch = batch;
  let idle = 0;
  while (one.isLast || one.batch.length > 0 || idle === 0) {
    const { done, value } = one.rest.next();
    if (done === true) {
      one.isDone = true;
      return;
    }
    if (value !== PAUSE) {
      hold(footprint(value));
      one.out.push(value);
    } else if (one.isLast || one.batch.length > 0) yield PAUSE;
    else idle++;
  }
}

function* batches(flow: Flow): Generator<Doc[] | typeof PAUSE> {
  let batch: Doc[] = [];
  for (const step of flow) {
    if (step === PAUSE) yield PAUSE;
    else if (batch.push(step) >= BETWEEN_PAUSES) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
