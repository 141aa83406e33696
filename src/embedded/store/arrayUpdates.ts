import { CommandError } from './errors.js';
import { compileFilter, type Matcher } from './match.js';
import { isIndex, MISSING, valueAt } from './paths.js';
import type { Settings } from './settings.js';
import { show } from './show.js';
import { type Doc, isDoc } from './values.js';

/** The filters of an update's arrayFilters, by the name that stands in its paths: { x: ... } for `a.$[x]`. */
export type ElementFilters = Map<string, Matcher>;

/** Errors: CommandError 9 when one is empty, has two names, or takes a name twice. */
export function readArrayFilters(given: unknown, settings: Settings): ElementFilters {
  const filters: ElementFilters = new Map();
  if (given === undefined || given === null) return filters;
  if (!Array.isArray(given)) throw new CommandError(14, 'arrayFilters must be an array');
  for (const filter of given) {
    if (!isDoc(filter)) throw new CommandError(14, 'arrayFilters must hold documents');
    const names = new Set(namesIn(filter));
    const [name] = names;
    if (name === undefined)
      throw new CommandError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
    if (names.size > 1)
      throw new CommandError(
        9,
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${[...names].join("' and '")}'`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw new CommandError(
        2,
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (filters.has(name))
      throw new CommandError(9, `Found multiple array filters with the same top-level field name ${name}`);
    filters.set(name, compileFilter(filter, settings));
  }
  return filters;
}

function namesIn(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([key, condition]) => {
    if (!key.startsWith('$')) return [key.split('.')[0]!];
    return Array.isArray(condition) ? condition.filter(isDoc).flatMap(namesIn) : [];
  });
}

/** Errors: CommandError 9 when a path names a filter that is not there, or a filter is named by no path. */
export function refuseUnusedFilters(filters: ElementFilters, paths: string[][], update: unknown): void {
  const used = new Set<string>();
  for (const path of paths) {
    for (const segment of path) {
      const name = elementName(segment);
      if (name === null || name === '') continue;
      if (!filters.has(name))
        throw new CommandError(9, `No array filter found for identifier '${name}' in path '${path.join('.')}'`);
      used.add(name);
    }
  }
  const unused = [...filters.keys()].find((name) => !used.has(name));
  if (unused !== undefined)
    throw new CommandError(9, `The array filter for identifier '${unused}' was not used in the update ${show(update)}`);
}

/** The name in `$[name]`, empty for `$[]`; null when a segment is no such thing. */
function elementName(segment: string): string | null {
  return /^\$\[(.*)\]$/.exec(segment)?.[1] ?? null;
}

/**
 * The paths that an update's path stands for in a document: `$` is the element that the query found, `$[]` each element,
 * `$[x]` those that pass the filter x.
 * @param position of the element that the query found, null when it found none
 * Errors: CommandError 2 when there is no array, or no element.
 */
export function concretePaths(
  doc: Doc,
  segments: string[],
  filters: ElementFilters,
  position: number | null,
): string[][] {
  const at = segments.findIndex(
    (segment) => segment.startsWith('$') && (segment === '$' || elementName(segment) !== null),
  );
  if (at < 0) return [segments];
  const [before, after] = [segments.slice(0, at), segments.slice(at + 1)];
  return placesAt(doc, before, segments[at]!, filters, position).flatMap((place) =>
    concretePaths(doc, [...before, String(place), ...after], filters, position),
  );
}

function placesAt(
  doc: Doc,
  path: string[],
  segment: string,
  filters: ElementFilters,
  position: number | null,
): number[] {
  if (segment === '$') {
    if (position === null)
      throw new CommandError(2, 'The positional operator did not find the match needed from the query.');
    return [position];
  }
  const array = valueAt(doc, path);
  if (array === MISSING)
    throw new CommandError(
      2,
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  if (!Array.isArray(array))
    throw new CommandError(2, `Cannot apply array updates to non-array element ${path.at(-1)}: ${show(array)}`);
  const name = elementName(segment)!;
  const passes = name === '' ? null : filters.get(name)!;
  return [...array.keys()].filter((i) => passes === null || passes({ [name]: array[i] }));
}

/** Where in an array a document passed its query: what `$` stands for in an update. Null when no array was entered. */
export function matchedPosition(filter: Doc, doc: Doc, settings: Settings): number | null {
  let found: number | null = null;
  for (const [path, condition] of Object.entries(filter)) {
    let here: number | null = null;
    if (path === '$and') {
      for (const clause of condition as Doc[]) here = matchedPosition(clause, doc, settings) ?? here;
    } else if (path === '$or') {
      const passed = (condition as Doc[]).find((clause) => compileFilter(clause, settings)(doc));
      here = passed === undefined ? null : matchedPosition(passed, doc, settings);
    } else if (!path.startsWith('$')) here = positionAlong(path, condition, doc, settings);
    found = here ?? found;
  }
  return found;
}

/** An element passes when the document would pass with that element alone in its array. */
function positionAlong(path: string, condition: unknown, doc: Doc, settings: Settings): number | null {
  const segments = path.split('.');
  const matches = compileFilter({ [path]: condition }, settings);
  for (let length = 1; length <= segments.length; length++) {
    const array = valueAt(doc, segments.slice(0, length));
    if (!Array.isArray(array)) continue;
    if (length < segments.length && isIndex(segments[length]!)) continue;
    const at = array.findIndex((element) => matches(holding([element], segments, length) as Doc));
    return at < 0 ? null : at;
  }
  return null;
}

/** A document that holds nothing but this array, at the start of the path. */
function holding(array: unknown[], segments: string[], length: number): unknown {
  return segments.slice(0, length).reduceRight<unknown>((inner, name) => ({ [name]: inner }), array);
}
