import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Doc } from './values.js';

/**
 * Documents on their way through a query, one by one. Between them stand pauses: whoever reads the flow may let others have
 * their turn there, and goes on afterwards. Each part passes on the pauses of what it reads.
 */
export const PAUSE: unique symbol = Symbol('pause');
export type Step<T = Doc> = T | typeof PAUSE;
export type Flow<T = Doc> = Iterable<Step<T>>;

/** After as many documents as these that were looked at, a pause. */
export const BETWEEN_PAUSES = 64;
/** How long one query may keep the others waiting, in milliseconds. */
const TURN_MS = 4;

export function* mapped<T, U>(flow: Flow<T>, change: (item: T) => U): Generator<Step<U>> {
  for (const step of flow) yield step === PAUSE ? PAUSE : change(step as T);
}

export function* kept<T>(flow: Flow<T>, test: (item: T) => boolean): Generator<Step<T>> {
  for (const step of flow) if (step === PAUSE || test(step as T)) yield step;
}

/** All of a flow at once, for what must not be interrupted. */
export function drain<T>(flow: Flow<T>): T[] {
  const out: T[] = [];
  for (const step of flow) if (step !== PAUSE) out.push(step as T);
  return out;
}

/** Adds pauses to what has none. */
export function* withPauses<T>(items: Iterable<T>): Generator<Step<T>> {
  let count = 0;
  for (const item of items) {
    yield item;
    if (++count % BETWEEN_PAUSES === 0) yield PAUSE;
  }
}

/** What is done step by step, with pauses in between, and gives something in the end. */
export type Steps<T> = Generator<typeof PAUSE, T>;

/** Whether something is done in steps, or was done at once. */
export function isSteps<T extends object>(answer: T | Steps<T>): answer is Steps<T> {
  return Symbol.iterator in answer && !(answer instanceof Uint8Array);
}

/** Takes all steps at once, for what must not be interrupted. */
export function atOnce<T>(steps: Steps<T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** Takes the steps one after another, letting others have their turn in between. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  let began = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - began < TURN_MS) continue;
    await nextTurn();
    began = performance.now();
  }
}

/** Reads a flow to its end. */
export function* forEach<T>(flow: Flow<T>, act: (item: T) => void): Steps<void> {
  for (const step of flow) {
    if (step === PAUSE) yield PAUSE;
    else act(step as T);
  }
}
