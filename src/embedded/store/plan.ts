import { type Bounds, idEquality, readBounds } from './bounds.js';
import type { Collection } from './collections.js';
import { compare, equal } from './compare.js';
import type { Index, IndexEntry, StoredDoc } from './indexes.js';
import { keyOf } from './keys.js';
import { MISSING } from './paths.js';
import { ascending, descending } from './sortedList.js';
import type { Doc } from './values.js';

/** Where to look for the documents of a filter. */
export interface Plan {
  /** The index that is read; null for the whole collection. */
  index: string | null;
  /** Whether the documents come in the order of the sort that was asked for. */
  sorted: boolean;
  /** Every document that may match, each once. The filter is still to be asked. */
  docs: Iterable<StoredDoc>;
}

interface Choice {
  index: Index;
  /** One list of values for each leading column that is held to points. */
  points: unknown[][];
  /** The stretches of the column after them. */
  stretches: Bounds['stretches'];
  /** 1 or -1 when reading the index that way gives the order asked for. */
  direction: 1 | -1 | null;
}

const MOST_PREFIXES = 500;

/** Chooses how to read the collection; a sort of null asks for no order. */
export function planQuery(collection: Collection, filter: Doc, sort: Doc | null): Plan {
  const wanted = sort === null || Object.keys(sort).length === 0 ? null : sort;
  const id = idEquality(filter);
  if (id !== MISSING && !Array.isArray(id)) {
    const found = collection.docs.get(keyOf(id));
    return { index: '_id_', sorted: true, docs: found === undefined ? [] : [found] };
  }
  const bounds = readBounds(filter);
  const ids = bounds.get('_id')?.points;
  if (ids) return { index: '_id_', sorted: false, docs: byIds(collection, ids) };
  const best = collection.indexes
    .map((index) => consider(index, filter, bounds, wanted))
    .filter((choice) => choice !== null)
    .sort((a, b) => merit(b) - merit(a))[0];
  if (best === undefined) return { index: null, sorted: wanted === null, docs: collection.docs.values() };
  return { index: best.index.spec.name, sorted: wanted === null || best.direction !== null, docs: read(best) };
}

function* byIds(collection: Collection, ids: unknown[]): Generator<StoredDoc> {
  for (const key of new Set(ids.map(keyOf))) {
    const found = collection.docs.get(key);
    if (found !== undefined) yield found;
  }
}

function merit(choice: Choice): number {
  const { spec, paths } = choice.index;
  if (spec.unique === true && choice.points.length === paths.length) return Number.POSITIVE_INFINITY;
  return 4 * choice.points.length + 2 * Number(choice.stretches.length > 0) + Number(choice.direction !== null);
}

function consider(index: Index, filter: Doc, bounds: Map<string, Bounds>, sort: Doc | null): Choice | null {
  if (index.accepts !== null && !implies(filter, index.spec.partialFilterExpression!)) return null;
  const columns = Object.keys(index.spec.key);
  const points: unknown[][] = [];
  let combinations = 1;
  for (const column of columns) {
    const held = bounds.get(column)?.points;
    if (!held || combinations * held.length > MOST_PREFIXES) break;
    combinations *= held.length;
    points.push(held);
  }
  const next = columns[points.length];
  const stretches = next === undefined ? [] : (bounds.get(next)?.stretches ?? []);
  // A sparse index leaves out the documents without its fields: it may only answer what excludes them.
  const excludesMissing = points.some((held) => !held.includes(null)) || stretches.length > 0;
  if (index.spec.sparse === true && !excludesMissing) return null;
  const direction = sort === null || combinations !== 1 ? null : directionFor(index, points.length, sort);
  if (points.length === 0 && stretches.length === 0 && direction === null) return null;
  // Of an array, one element may pass the one bound and another the other: only one of them may be used.
  return { index, points, stretches: index.spreadDocs > 0 ? stretches.slice(0, 1) : stretches, direction };
}

/** Whether every document that matches the filter is in a partial index: its conditions stand in the filter as they are. */
function implies(filter: Doc, expression: Doc): boolean {
  return Object.entries(expression).every(([path, condition]) => {
    if (!Object.hasOwn(filter, path)) return false;
    return equal(filter[path], condition);
  });
}

function directionFor(index: Index, from: number, sort: Doc): 1 | -1 | null {
  if (index.spreadDocs > 0) return null;
  const columns = Object.keys(index.spec.key);
  const held = columns.slice(0, from);
  // A field held to one value sorts nothing.
  const asked = Object.entries(sort).filter(([path]) => !held.includes(path));
  let direction: 1 | -1 | null = null;
  for (const [i, [path, order]] of asked.entries()) {
    const column = from + i;
    if (columns[column] !== path) return null;
    const way = Number(order) === index.directions[column] ? 1 : -1;
    if (direction !== null && direction !== way) return null;
    direction = way;
  }
  return direction ?? 1;
}

function* read(choice: Choice): Generator<StoredDoc> {
  const walk = choice.direction === -1 ? descending : ascending;
  const seen = new Set<StoredDoc>();
  for (const prefix of prefixes(choice.points)) {
    const place = placeOf(choice, prefix);
    for (const { stored } of walk(
      choice.index.entries,
      (entry) => place(entry) < 0,
      (entry) => place(entry) > 0,
    )) {
      if (seen.has(stored)) continue;
      if (choice.index.spreadDocs > 0) seen.add(stored);
      yield stored;
    }
  }
}

function prefixes(points: unknown[][]): unknown[][] {
  const distinct = points.map((held) => [...new Map(held.map((value) => [keyOf(value), value])).values()]);
  return distinct.reduce<unknown[][]>(
    (all, held) => all.flatMap((prefix) => held.map((value) => [...prefix, value])),
    [[]],
  );
}

/** Where an index entry lies from a prefix of equal values and the stretches after it. */
function placeOf({ index, stretches }: Choice, prefix: unknown[]): (entry: IndexEntry) => number {
  return ({ values }) => {
    for (let i = 0; i < prefix.length; i++) {
      const order = compare(values[i], prefix[i]);
      if (order !== 0) return order * index.directions[i]!;
    }
    for (const stretch of stretches) {
      const side = stretch(values[prefix.length]);
      if (side !== 0) return side * index.directions[prefix.length]!;
    }
    return 0;
  };
}
