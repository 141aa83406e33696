import { CommandError, notServed } from './errors.js';
import { isIndex, MISSING, splitPath, valueAt, withValueAt } from './paths.js';
import type { Change } from './updateOperators.js';
import type { Doc } from './values.js';

/** One change of an update, at a path that may still have `$` in it. */
export interface Step {
  segments: string[];
  change: Change;
  onInsertOnly: boolean;
  /** The path whose value is moved to `segments` by $rename. */
  from: string[] | null;
}

export function dollarInReplacement(field: string): CommandError {
  return new CommandError(
    52,
    `The dollar ($) prefixed field '${field}' in '${field}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
}

export function refuseDollars(segments: string[], path: string): void {
  if (segments[0]!.startsWith('$')) throw dollarInReplacement(segments[0]!);
  const strange = segments.find((segment) => segment.startsWith('$') && !/^\$(\[.*\])?$/.test(segment));
  if (strange !== undefined) throw notServed(`The path '${path}' in an update`);
  if (segments.filter((segment) => segment === '$').length > 1)
    throw new CommandError(2, `Too many positional (i.e. '$') elements found in path '${path}'`);
}

/** The source stands among the steps too, so that it conflicts with what else changes it. */
export function renameSteps(from: string[], target: unknown): Step[] {
  if (typeof target !== 'string')
    throw new CommandError(2, `The 'to' field for $rename must be a string: ${from.join('.')}: ${String(target)}`);
  const segments = splitPath(target);
  if ([...from, ...segments].some((segment) => segment.startsWith('$')))
    throw new CommandError(2, `The source and destination fields for $rename may not be dynamic: ${from.join('.')}`);
  if (target === from.join('.'))
    throw new CommandError(2, `The source and target field for $rename must differ: ${target}`);
  const nothing = { change: (before: unknown) => before, onInsertOnly: false };
  return [
    { ...nothing, segments: from, from: null },
    { ...nothing, segments, from },
  ];
}

export function renamed(doc: Doc, from: string[], to: string[]): Doc {
  for (const path of [from, to]) {
    for (let length = 1; length < path.length; length++) {
      if (Array.isArray(valueAt(doc, path.slice(0, length))))
        throw new CommandError(
          2,
          `The ${path === from ? 'source' : 'destination'} field cannot be an array element, '${path.join('.')}'`,
        );
    }
  }
  const value = valueAt(doc, from);
  if (value === MISSING) return doc;
  const without = withValueAt(doc, from, () => MISSING) as Doc;
  return withValueAt(without, to, () => value) as Doc;
}

/** New fields are created in the order of their names, numbers by value, whatever the order of the operators. */
export function byPath(a: Step, b: Step): number {
  const length = Math.min(a.segments.length, b.segments.length);
  for (let i = 0; i < length; i++) {
    const x = a.segments[i]!;
    const y = b.segments[i]!;
    if (x === y) continue;
    return isIndex(x) && isIndex(y) ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return a.segments.length - b.segments.length;
}

/** In the order of paths, a path that holds another stands before it, though not always next to it. */
export function refuseConflicts(steps: Step[]): void {
  const seen = new Set<string>();
  for (const { segments } of steps) {
    const path = segments.join('.');
    for (let length = 1; length <= segments.length; length++) {
      const holder = segments.slice(0, length).join('.');
      if (seen.has(holder))
        throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${holder}'`);
    }
    seen.add(path);
  }
}
