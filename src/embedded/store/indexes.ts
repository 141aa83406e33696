import { compare } from './compare.js';
import { CommandError } from './errors.js';
import { compileFilter, type Matcher } from './match.js';
import { candidates, MISSING, splitPath } from './paths.js';
import { show } from './show.js';
import { createSortedList, insertSorted, removeSorted, type SortedList, spanOf, walk } from './sortedList.js';
import type { Doc } from './values.js';

/** What createIndexes asked for, as listIndexes gives it back. */
export interface IndexSpec {
  name: string;
  /** Path to 1 or -1, in order. */
  key: Doc;
  unique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: Doc;
  expireAfterSeconds?: number;
}

/** One stored document: `no` gives the order of insertion, `doc` is replaced, never changed. */
export interface StoredDoc {
  readonly no: number;
  doc: Doc;
}

export interface IndexEntry {
  values: unknown[];
  stored: StoredDoc;
}

export interface Index {
  readonly spec: IndexSpec;
  readonly paths: string[][];
  readonly directions: number[];
  readonly entries: SortedList<IndexEntry>;
  readonly accepts: Matcher | null;
  /** Per column, how many documents have several keys there, or none of their own: their order is not that of a sort. */
  readonly spread: number[];
}

export function createIndex(spec: IndexSpec): Index {
  const directions = Object.values(spec.key).map(Number);
  return {
    spec,
    directions,
    paths: Object.keys(spec.key).map(splitPath),
    entries: createSortedList((a, b) => orderOfValues(a.values, b.values, directions) || a.stored.no - b.stored.no),
    accepts: spec.partialFilterExpression === undefined ? null : compileFilter(spec.partialFilterExpression),
    spread: directions.map(() => 0),
  };
}

function orderOfValues(a: unknown[], b: unknown[], directions: number[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order * directions[i]!;
  }
  return 0;
}

/**
 * The keys under which an index files a document: none when it is sparse or partial and leaves the document out, several
 * when a field holds an array. A missing field counts as null, an empty array as undefined.
 * Errors: CommandError 171 when two fields hold arrays.
 */
export function keysOfDoc(index: Index, doc: Doc): unknown[][] {
  if (index.accepts !== null && !index.accepts(doc)) return [];
  const columns = index.paths.map((path) => candidates(doc, path));
  if (index.spec.sparse === true && columns.every((values) => values.every((value) => value === MISSING))) return [];
  const spread = columns.map(columnKeys);
  if (spread.filter((column, i) => column.length > 1 || Array.isArray(columns[i]!.at(-1))).length > 1) {
    throw new CommandError(171, `cannot index parallel arrays: ${Object.keys(index.spec.key).join(', ')}`);
  }
  return spread.reduce<unknown[][]>(
    (keys, column) => keys.flatMap((key) => column.map((value) => [...key, value])),
    [[]],
  );
}

/** What `candidates` yields, less the arrays that it already gave element by element, each value once. */
function columnKeys(values: unknown[]): unknown[] {
  if (values.length === 1) {
    const only = values[0];
    if (only === MISSING) return [null];
    if (!Array.isArray(only)) return values;
  }
  const kept = values.filter((value) => !Array.isArray(value)).map((value) => (value === MISSING ? null : value));
  const nested = values.slice(0, -1).filter(Array.isArray);
  const distinct = [...kept, ...nested]
    .sort(compare)
    .filter((value, i, all) => i === 0 || compare(value, all[i - 1]) !== 0);
  return distinct.length === 0 ? [undefined] : distinct;
}

/** Errors: CommandError 11000 in MongoDB's words when another document already has one of these keys. */
export function refuseDuplicates(index: Index, keys: unknown[][], self: StoredDoc | null, namespace: string): void {
  if (index.spec.unique !== true) return;
  for (const key of keys) {
    const place = (entry: IndexEntry) => orderOfValues(entry.values, key, index.directions);
    const span = spanOf(
      index.entries,
      (other) => place(other) < 0,
      (other) => place(other) > 0,
    );
    for (const entry of walk(index.entries, span, 1)) {
      if (entry.stored !== self) throw duplicateKey(namespace, index.spec.name, index.spec.key, key);
    }
  }
}

export function duplicateKey(namespace: string, name: string, keyPattern: Doc, key: unknown[]): CommandError {
  const keyValue: Doc = {};
  Object.keys(keyPattern).forEach((path, i) => {
    keyValue[path] = key[i] ?? null;
  });
  const message = `E11000 duplicate key error collection: ${namespace} index: ${name} dup key: ${show(keyValue)}`;
  return new CommandError(11000, message, { keyPattern, keyValue });
}

export function fileDoc(index: Index, keys: unknown[][], stored: StoredDoc): void {
  for (const values of keys) insertSorted(index.entries, { values, stored });
  countSpread(index, keys, 1);
}

export function unfileDoc(index: Index, keys: unknown[][], stored: StoredDoc): void {
  for (const values of keys) removeSorted(index.entries, { values, stored });
  countSpread(index, keys, -1);
}

function countSpread({ spread }: Index, keys: unknown[][], change: 1 | -1): void {
  const first = keys[0];
  first?.forEach((value, i) => {
    if (value === undefined || keys.some((key) => compare(key[i], value) !== 0)) spread[i]! += change;
  });
}
