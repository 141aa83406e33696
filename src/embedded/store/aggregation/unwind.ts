import { Long } from 'bson';
import { CommandError } from '../errors.js';
import { namedOperands } from '../expressions/scope.js';
import { type Flow, PAUSE, type Step } from '../flow.js';
import { MISSING, splitPath, valueAt, withValueAt } from '../paths.js';
import type { Doc } from '../values.js';
import type { Stage } from './stage.js';

/** Compiles $unwind: one document for each element of an array; a value that is no array counts as one element. */
export function unwind(operand: unknown): Stage {
  const options =
    typeof operand === 'string'
      ? { path: operand }
      : namedOperands('$unwind', operand, ['path'], ['includeArrayIndex', 'preserveNullAndEmptyArrays']);
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: preserve = false } = options as Doc;
  if (typeof path !== 'string' || !path.startsWith('$') || path.startsWith('$$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${String(path)}`);
  if (typeof preserve !== 'boolean')
    throw new CommandError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  const segments = splitPath(path.slice(1));
  const indexAt = index === undefined ? null : indexPath(index);
  const withIndex = (doc: Doc, at: number | null): Doc =>
    indexAt === null ? doc : (withValueAt(doc, indexAt, () => (at === null ? null : Long.fromNumber(at))) as Doc);
  function* unwound(doc: Doc): Generator<Doc> {
    const value = valueAt(doc, segments);
    if (Array.isArray(value) && value.length > 0) {
      for (const [i, element] of value.entries()) yield withIndex(withValueAt(doc, segments, () => element) as Doc, i);
      return;
    }
    const isNone = value === MISSING || value === null || Array.isArray(value);
    if (isNone && !preserve) return;
    yield withIndex(Array.isArray(value) ? (withValueAt(doc, segments, () => MISSING) as Doc) : doc, null);
  }
  return function* (flow: Flow): Generator<Step> {
    for (const step of flow) {
      if (step === PAUSE) yield PAUSE;
      else yield* unwound(step);
    }
  };
}

function indexPath(index: unknown): string[] {
  if (typeof index !== 'string' || index === '')
    throw new CommandError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (index.startsWith('$'))
    throw new CommandError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
    );
  return splitPath(index);
}
