import { matchedPosition } from './arrayUpdates.js';
import { CommandError } from './errors.js';
import { compileFilter } from './match.js';
import { MISSING, splitPath, valueAt, withValueAt } from './paths.js';
import { compileProjection, treeOf } from './project.js';
import type { Asked } from './readBson.js';
import { PLAIN, type Settings } from './settings.js';
import { type Doc, integer, isDoc } from './values.js';

/** What a find does with an array besides keeping or leaving it: given what was kept, and the whole document. */
type Cut = (kept: Doc, whole: Doc) => Doc;

/**
 * Compiles the projection of a find, which alone knows $slice, $elemMatch and `a.$`, the element that the query found.
 * Errors: as compileProjection.
 */
export function compileFindProjection(projection: Doc, filter: Doc, settings: Settings = PLAIN): (doc: Doc) => Doc {
  const cuts: Cut[] = [];
  const slices: string[] = [];
  const rest: Doc = {};
  for (const [path, value] of Object.entries(projection)) {
    const operator = isDoc(value) ? Object.keys(value).join() : '';
    if (path.endsWith('.$')) {
      const array = path.slice(0, -2);
      rest[array] = 1;
      cuts.push(elementFound(array, filter, settings));
    } else if (operator === '$elemMatch') {
      rest[path] = 1;
      cuts.push(firstElement(path, (value as Doc)['$elemMatch'], settings));
    } else if (operator === '$slice' && !isExpression((value as Doc)['$slice'])) {
      slices.push(path);
      cuts.push(slice(path, (value as Doc)['$slice']));
    } else rest[path] = value;
  }
  if (cuts.length === 0) return compileProjection(projection, 'find', settings);
  if (keepsSome(rest)) for (const path of slices) rest[path] = 1;
  const project = compileProjection(rest, 'find', settings);
  return (doc) => cuts.reduce((kept, cut) => cut(kept, doc), project(doc));
}

/** The fields that a projection asks for, when all it does is to keep them; null when it does anything else. */
export function fieldsAsked(projection: Doc): Asked | null {
  const isKept = ([path, value]: [string, unknown]): boolean => (value === 1 || value === true) && !path.includes('$');
  const { _id: id, ...others } = projection;
  const leavesId = id === 0 || id === false;
  const named = Object.entries(leavesId ? others : projection);
  if (named.length === 0 || !named.every(isKept)) return null;
  const paths = new Set([...(leavesId ? [] : ['_id']), ...named.map(([path]) => path)]);
  return treeOf([...paths].map((path) => [path, true] as const)) as Asked;
}

/** Whether a projection names what to keep, rather than what to leave out. */
function keepsSome(projection: Doc): boolean {
  return Object.entries(projection).some(([path, value]) => path !== '_id' && (isDoc(value) || Number(value) !== 0));
}

/** As an expression, $slice takes the array first. */
function isExpression(operand: unknown): boolean {
  return (
    Array.isArray(operand) && (operand.length === 3 || typeof operand[0] === 'string' || Array.isArray(operand[0]))
  );
}

function slice(path: string, operand: unknown): Cut {
  const [first, second] = Array.isArray(operand) ? operand : [operand];
  const count = integer(second ?? first, '$slice');
  const skip = second === undefined ? null : integer(first, '$slice');
  if (skip !== null && count <= 0) throw new CommandError(28724, 'Third argument to $slice must be positive');
  const take = (array: unknown[]): unknown[] => {
    if (skip === null) return count < 0 ? array.slice(count) : array.slice(0, count);
    const from = skip < 0 ? Math.max(array.length + skip, 0) : skip;
    return array.slice(from, from + count);
  };
  return (kept) => changed(kept, path, take);
}

function firstElement(path: string, condition: unknown, settings: Settings): Cut {
  if (path.includes('.')) throw new CommandError(31275, 'Cannot use $elemMatch projection on a nested field.');
  if (!isDoc(condition)) throw new CommandError(31274, 'elemMatch: Invalid argument, object required');
  const matches = compileFilter({ element: { $elemMatch: condition } }, settings);
  return (kept) => {
    const array = valueAt(kept, [path]);
    const found = Array.isArray(array) ? array.findIndex((element) => matches({ element: [element] })) : -1;
    return withValueAt(kept, [path], () => (found < 0 ? MISSING : [(array as unknown[])[found]])) as Doc;
  };
}

function elementFound(path: string, filter: Doc, settings: Settings): Cut {
  return (kept, whole) => {
    if (!Array.isArray(valueAt(kept, splitPath(path)))) return kept;
    const position = matchedPosition(filter, whole, settings);
    if (position === null)
      throw new CommandError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    return changed(kept, path, (array) => array.slice(position, position + 1));
  };
}

function changed(doc: Doc, path: string, change: (array: unknown[]) => unknown[]): Doc {
  return withValueAt(doc, splitPath(path), (value) => (Array.isArray(value) ? change(value) : value)) as Doc;
}
