import { type Bound, readBounds } from './bounds.js';
import { type Conjunction, states } from './conjunctions.js';
import type { Index } from './indexes.js';
import { EVERYTHING, intersection, isPartOf } from './intervals.js';
import { hasOperators } from './match.js';
import type { Doc } from './values.js';

/** What is known of the keys of the documents that pass a conjunction. */
export interface Facts {
  conjunction: Conjunction;
  /** The bounds of each path, each of them necessary. */
  bounds: Map<string, Bound[]>;
  /** The paths of which some condition is not told, or not in full, by the bounds. */
  vague: Set<string>;
}

export function factsOf(conjunction: Conjunction): Facts {
  const facts: Facts = { conjunction, bounds: new Map(), vague: new Set() };
  for (const { path, condition, within } of conjunction.terms) {
    const { bounds, complete } = readBounds(condition);
    const usable = within ? bounds.filter(({ present }) => present) : bounds;
    facts.bounds.set(path, [...(facts.bounds.get(path) ?? []), ...usable]);
    if (!complete && !within) facts.vague.add(path);
  }
  return facts;
}

/**
 * The bounds that may be used of one column. All of them at once where each document has one key there; where some have
 * several, only one or another of them.
 */
export function columnBounds(index: Index, column: number, path: string, { bounds }: Facts): (Bound | null)[] {
  const told = bounds.get(path) ?? [];
  if (told.length === 0) return [null];
  if (index.spread[column]) return told.map((bound) => ({ ...bound, exact: bound.exact && told.length === 1 }));
  return [
    {
      intervals: told.map(({ intervals }) => intervals).reduce(intersection, [EVERYTHING]),
      exact: told.every(({ exact }) => exact),
      present: told.some(({ present }) => present),
    },
  ];
}

/**
 * Whether every document that passes the conjunction is in a partial index: each of its conditions stands there as it is,
 * or holds for all keys of a bound.
 */
export function isWithin(partial: Doc | undefined, { conjunction, bounds }: Facts): boolean {
  return Object.entries(partial ?? {}).every(([path, condition]) => {
    if (path.startsWith('$')) return false;
    if (states(conjunction.terms, path, condition)) return true;
    const [asked, ...others] = readBounds(condition).bounds;
    if (asked === undefined || others.length > 0) return false;
    const known = bounds.get(path) ?? [];
    if (isExistence(condition)) return known.some(({ present }) => present);
    return asked.exact && known.some(({ intervals }) => isPartOf(intervals, asked.intervals));
  });
}

function isExistence(condition: unknown): boolean {
  return hasOperators(condition) && Object.keys(condition).join() === '$exists' && condition['$exists'] === true;
}

/** Whether keys within the bounds of these columns are enough for a document to pass. */
export function saysAll(facts: Facts, partial: Doc | undefined, columns: string[], bounds: (Bound | null)[]): boolean {
  if (!facts.conjunction.complete) return false;
  return facts.conjunction.terms.every((term) => {
    const column = columns.indexOf(term.path);
    if (column >= 0 && bounds[column]?.exact === true && !facts.vague.has(term.path)) return true;
    return Object.hasOwn(partial ?? {}, term.path) && states([term], term.path, partial?.[term.path]);
  });
}
