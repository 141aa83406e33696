import type { Bound } from './bounds.js';
import { columnBounds, type Facts, isWithin, saysAll } from './facts.js';
import type { Index } from './indexes.js';
import { type Interval, isEverything, isPoint } from './intervals.js';
import { isIndex } from './paths.js';
import { rangeOfIntervals } from './storage/keyRange.js';
import { prefixOf } from './storage/layout.js';
import type { Range } from './storage/storage.js';
import type { Doc } from './values.js';

/** One stretch of an index: its leading columns are held to these intervals, all but the last of them single values. */
export interface Scan {
  intervals: Interval[];
  range: Range;
}

/** A way to find, in one index, every document that may pass a conjunction. */
export interface Branch {
  index: Index;
  scans: Scan[];
  /** What is asked of each column of the index, whether or not the stretches take it into account. */
  bounds: (Bound | null)[];
  /** The columns whose bounds are to be asked of each key. */
  keyChecks: number[];
  /** How many keys the stretches hold; 0 until somebody looks. */
  keys: number;
  /** The columns of the sort and the way to read, when each stretch gives its order; else null. */
  order: { columns: number[]; direction: 1 | -1 } | null;
  /** Whether the documents that are found pass for sure. */
  exact: boolean;
}

const MOST_SCANS = 500;
const MOST_COMBINATIONS = 16;

/** @param sort null when no order is asked for */
export function branchesOf(index: Index, facts: Facts, sort: Doc | null): Branch[] {
  const { partialFilterExpression: partial, key } = index.spec;
  if (!isWithin(partial, facts) || index.paths.some((path) => path.some(isIndex))) return [];
  const columns = Object.keys(key);
  return columns
    .map((path, column) => columnBounds(index, column, path, facts))
    .reduce<(Bound | null)[][]>(combine, [[]])
    .map((bounds) => branchOf(index, columns, bounds, facts, sort))
    .filter((branch) => branch !== null);
}

function combine(combinations: (Bound | null)[][], bounds: (Bound | null)[]): (Bound | null)[][] {
  const some = bounds.slice(0, Math.max(1, Math.floor(MOST_COMBINATIONS / combinations.length)));
  return combinations.flatMap((combination) => some.map((bound) => [...combination, bound]));
}

function branchOf(
  index: Index,
  columns: string[],
  bounds: (Bound | null)[],
  facts: Facts,
  sort: Doc | null,
): Branch | null {
  // A sparse index leaves out the documents without its fields: it may only answer what excludes them.
  if (index.spec.sparse === true && !bounds.some((bound) => bound?.present)) return null;
  const { prefixes, held } = prefixesOf(bounds);
  const order = sort === null ? null : orderOf(index, columns, held, sort);
  const depth = prefixes[0]?.length ?? columns.length;
  // Nothing to look for, nothing in order: such an index is no better than the collection.
  if (depth === 0 && order === null && index.accepts === null && index.spec.sparse !== true) return null;
  const prefix = prefixOf(index.id);
  const scans = prefixes.map((intervals) => ({
    intervals,
    range: rangeOfIntervals(prefix, intervals, index.directions),
  }));
  return {
    index,
    scans,
    bounds,
    keyChecks: columns.flatMap((_, column) => (column >= depth && bounds[column] != null ? [column] : [])),
    keys: 0,
    order,
    exact: tellsAll(index, bounds) && saysAll(facts, index.spec.partialFilterExpression, columns, bounds),
  };
}

/** The intervals of the leading columns, multiplied out up to the first that is not held to single values. */
function prefixesOf(bounds: (Bound | null)[]): { prefixes: Interval[][]; held: number } {
  let prefixes: Interval[][] = [[]];
  for (const [held, bound] of bounds.entries()) {
    if (bound === null || bound.intervals.some(isEverything)) return { prefixes, held };
    if (held > 0 && prefixes.length * bound.intervals.length > MOST_SCANS) return { prefixes, held };
    prefixes = prefixes.flatMap((prefix) => bound.intervals.map((interval) => [...prefix, interval]));
    if (!bound.intervals.every(isPoint)) return { prefixes, held };
  }
  return { prefixes, held: bounds.length };
}

/** Whether a stretch in which the first `held` columns have one value each is in the order of the sort. */
function orderOf(index: Index, columns: string[], held: number, sort: Doc): Branch['order'] {
  const wanted = Object.entries(sort).map(([path, way]) => ({ column: columns.indexOf(path), way: Number(way) }));
  if (wanted.some(({ column }) => column < 0 || index.spread[column]! || column >= index.cutFrom)) return null;
  const moving = wanted.filter(({ column }) => column >= held);
  const direction = moving[0] === undefined || moving[0].way === index.directions[moving[0].column] ? 1 : -1;
  const inOrder = moving.every(
    ({ column, way }, i) => column === held + i && way === index.directions[column]! * direction,
  );
  return inOrder ? { columns: wanted.map(({ column }) => column), direction } : null;
}

/** Whether the keys hold in full what is asked of them. */
function tellsAll({ cutFrom }: Index, bounds: (Bound | null)[]): boolean {
  return bounds.every((bound, column) => bound === null || column < cutFrom);
}
