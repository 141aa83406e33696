import { CommandError } from './errors.js';
import { type Doc, isDoc } from './values.js';

/** What a path yields where a document has no such field. Not the same as null. */
export const MISSING = Symbol('missing');

const INDEX = /^(0|[1-9]\d*)$/;

export function isIndex(segment: string): boolean {
  return INDEX.test(segment);
}

/** Errors: CommandError when a segment is empty or reserved. */
export function splitPath(path: string): string[] {
  const segments = path.split('.');
  if (segments.some((segment) => segment === '' || segment === '__proto__')) {
    throw new CommandError(2, `The path '${path}' cannot be used: a part of it is empty or reserved`);
  }
  return segments;
}

export function field(doc: Doc, name: string): unknown {
  return Object.hasOwn(doc, name) ? doc[name] : MISSING;
}

/**
 * Every value that a query on this path looks at: arrays on the way are entered (their documents, and the element that a
 * numeric segment names); an array at the end gives its elements, then itself. Same walk as MongoDB's
 * BSONElementIterator, so that a path through an array without documents yields nothing, not even MISSING.
 */
export function candidates(doc: Doc, segments: readonly string[], expandLast = true): unknown[] {
  const out: unknown[] = [];
  collect(doc, segments, 0, expandLast, out);
  return out;
}

function collect(doc: Doc, segments: readonly string[], from: number, expandLast: boolean, out: unknown[]): void {
  let current: unknown = doc;
  for (let i = from; i < segments.length; i++) {
    if (Array.isArray(current)) {
      collectArray(current, segments, i, expandLast, out);
      return;
    }
    current = isDoc(current) ? field(current, segments[i]!) : MISSING;
    if (current === MISSING) break;
  }
  if (Array.isArray(current) && expandLast) out.push(...current);
  out.push(current);
}

function collectArray(array: unknown[], segments: readonly string[], at: number, expandLast: boolean, out: unknown[]) {
  const segment = segments[at]!;
  const index = INDEX.test(segment) ? Number(segment) : -1;
  array.forEach((element, i) => {
    if (isDoc(element)) collect(element, segments, at, expandLast, out);
    if (i !== index) return;
    if (at === segments.length - 1) out.push(element);
    else if (Array.isArray(element)) collectArray(element, segments, at + 1, expandLast, out);
    else if (isDoc(element)) collect(element, segments, at + 1, expandLast, out);
  });
}

/** The value at a path without entering arrays, save by number; MISSING where there is none. */
export function valueAt(doc: unknown, segments: readonly string[]): unknown {
  let current: unknown = doc;
  for (const segment of segments) {
    if (Array.isArray(current))
      current = isIndex(segment) && Number(segment) < current.length ? current[Number(segment)] : MISSING;
    else current = isDoc(current) ? field(current, segment) : MISSING;
    if (current === MISSING) return MISSING;
  }
  return current;
}

/**
 * A copy of the container in which the value at the path is what `change` returns; MISSING removes it.
 * Only the containers on the way are copied. Documents on the way are created, unless the value is to be removed.
 * Errors: CommandError 28 when the path crosses a value that is no container.
 */
export function withValueAt(
  container: unknown,
  segments: readonly string[],
  change: (before: unknown) => unknown,
  depth = 0,
): unknown {
  if (depth === segments.length) return change(container);
  const segment = segments[depth]!;
  if (Array.isArray(container)) return withElement(container, segments, change, depth);
  if (container !== MISSING && !isDoc(container)) {
    if (change(MISSING) === MISSING) return container;
    throw new CommandError(28, `Cannot create field '${segment}' in element {${segments[depth - 1]}: ...}`);
  }
  const before = container === MISSING ? MISSING : field(container, segment);
  const after = withValueAt(before, segments, change, depth + 1);
  if (after === before) return container;
  const copy: Doc = container === MISSING ? {} : { ...container };
  if (after === MISSING) delete copy[segment];
  else copy[segment] = after;
  return copy;
}

const MOST_PADDING = 1_500_000;

function withElement(
  array: unknown[],
  segments: readonly string[],
  change: (before: unknown) => unknown,
  depth: number,
) {
  const segment = segments[depth]!;
  if (!isIndex(segment)) {
    if (change(MISSING) === MISSING) return array;
    throw new CommandError(28, `Cannot create field '${segment}' in element {${segments[depth - 1]}: [...]}`);
  }
  const index = Number(segment);
  const before = index < array.length ? array[index] : MISSING;
  const after = withValueAt(before, segments, change, depth + 1);
  if (after === before) return array;
  if (index > array.length + MOST_PADDING) throw new CommandError(2, `The array index ${segment} is too far`);
  const copy = array.slice();
  while (copy.length < index) copy.push(null);
  // Removing an element leaves a null, so that the others keep their places.
  copy[index] = after === MISSING ? null : after;
  return copy;
}
