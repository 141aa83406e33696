import { compare } from './compare.js';
import { CommandError } from './errors.js';
import { compileFilter, type Matcher } from './match.js';
import { candidates, MISSING, splitPath } from './paths.js';
import { startWriting } from './storage/byteWriter.js';
import { writeKey } from './storage/keyBytes.js';
import { entryKey, isTooLong, prefixOf } from './storage/layout.js';
import type { Doc } from './values.js';

/** What createIndexes asked for, as listIndexes gives it back. */
export interface IndexSpec {
  name: string;
  /** Path to 1 or -1, in order. */
  key: Doc;
  unique?: boolean;
  /** Whether it refuses duplicates from now on, on its way to being unique. */
  prepareUnique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: Doc;
  expireAfterSeconds?: number;
}

/** One stored document: `no` gives the order of insertion, `doc` is replaced, never changed. */
export interface StoredDoc {
  readonly no: number;
  doc: Doc;
}

export interface Index {
  readonly id: number;
  spec: IndexSpec;
  readonly paths: string[][];
  readonly directions: number[];
  readonly accepts: Matcher | null;
  /** Per column, whether a document has had several keys there, or none of its own: their order is not that of a sort. */
  readonly spread: boolean[];
  /** The first column that did not fit into some key: from there on, keys neither tell all nor give an order. */
  cutFrom: number;
  /** Whether it is on the disk: until then, only the change that makes it may go by it. */
  isReady: boolean;
  isDropped: boolean;
  /** No key is greater than this one; null when that is not known. */
  greatest: Buffer | null;
}

/** What is known of an index besides its documents, as it is kept. */
export type IndexState = Pick<Index, 'id' | 'spec' | 'spread' | 'cutFrom'>;

export function createIndex(id: number, spec: IndexSpec): Index {
  const directions = Object.values(spec.key).map(Number);
  return restoreIndex({ id, spec, spread: directions.map(() => false), cutFrom: directions.length });
}

export function restoreIndex({ id, spec, spread, cutFrom }: IndexState): Index {
  return {
    id,
    spec,
    directions: Object.values(spec.key).map(Number),
    paths: Object.keys(spec.key).map(splitPath),
    accepts: spec.partialFilterExpression === undefined ? null : compileFilter(spec.partialFilterExpression),
    spread: [...spread],
    cutFrom,
    isReady: true,
    isDropped: false,
    greatest: null,
  };
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

/** The index's number and the bytes of one key's values: what an entry begins with. */
export function bytesOfValues({ id, directions }: Index, values: unknown[]): Buffer {
  const writer = startWriting();
  writer.append(prefixOf(id));
  values.forEach((value, i) => {
    const start = writer.length();
    writeKey(writer, value);
    if (directions[i] === -1) writer.invertFrom(start);
  });
  return writer.bytes();
}

/** The keys of one document in an index, and their bytes. */
export interface Filing {
  index: Index;
  keys: unknown[][];
  bytes: Buffer[];
}

export function fileDoc(index: Index, doc: Doc): Filing {
  const keys = keysOfDoc(index, doc);
  return { index, keys, bytes: keys.map((values) => bytesOfValues(index, values)) };
}

/** The keys of its entries, each once: values that are too long may be the same when cut. */
export function entriesOf({ bytes }: Filing, no: number): Buffer[] {
  const entries = bytes.map((value) => entryKey(value, no));
  if (!bytes.some(isTooLong)) return entries;
  return entries.filter((entry, i) => entries.findIndex((other) => other.equals(entry)) === i);
}

/** Takes note of what a document's keys are like; gives whether the index had not seen the like yet. */
export function noteKeys({ index, keys, bytes }: Filing): boolean {
  let isNew = false;
  keys[0]?.forEach((value, i) => {
    if (index.spread[i] || (value !== undefined && keys.every((key) => key === keys[0] || !differ(key[i], value))))
      return;
    index.spread[i] = true;
    isNew = true;
  });
  for (const key of bytes) if (index.greatest !== null && Buffer.compare(key, index.greatest) > 0) index.greatest = key;
  keys.forEach((values, i) => {
    const fit = isTooLong(bytes[i]!) ? columnsThatFit(index, values) : values.length;
    isNew ||= fit < index.cutFrom;
    index.cutFrom = Math.min(index.cutFrom, fit);
  });
  return isNew;
}

const differ = (a: unknown, b: unknown): boolean => compare(a, b) !== 0;

function columnsThatFit(index: Index, values: unknown[]): number {
  return values.findIndex((_, i) => isTooLong(bytesOfValues(index, values.slice(0, i + 1))));
}
