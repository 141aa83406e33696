import { ObjectId } from 'bson';
import { CommandError } from './errors.js';
import {
  createIndex,
  entriesOf,
  type Filing,
  fileDoc,
  type Index,
  type IndexSpec,
  type IndexState,
  noteKeys,
  type StoredDoc,
} from './indexes.js';
import type { Asked } from './readBson.js';
import { readKeys } from './storage/entries.js';
import { countKey, cutToFit, descriptionKey, docKey, numberOfDoc, rangeOf } from './storage/layout.js';
import { seal, sealDoc, unseal } from './storage/sealed.js';
import type { Storage } from './storage/storage.js';
import { isExclusive, refuseDuplicates } from './uniqueness.js';
import { bsonType, type Doc, decode, decodePart, encode, unread } from './values.js';

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** One namespace: what is kept of it in memory. Its documents and the entries of its indexes are on the disk. */
export interface Collection {
  readonly id: number;
  database: string;
  name: string;
  /** What the client asked for when it made the collection. */
  options: Doc;
  /** The one on _id, which every collection has; `indexes` are the others. */
  readonly idIndex: Index;
  indexes: Index[];
  /** With what the change under way has done so far. */
  count: number;
  nextNo: number;
  isDropped: boolean;
  readonly storage: Storage;
}

/** A collection as it is kept. */
export interface Description {
  id: number;
  database: string;
  name: string;
  options: Doc;
  idIndex: IndexState;
  indexes: IndexState[];
}

export function namespaceOf({ database, name }: Collection): string {
  return `${database}.${name}`;
}

export function indexesOf({ idIndex, indexes }: Collection): Index[] {
  return [idIndex, ...indexes];
}

/** Stores a new document, _id first. Errors: CommandError (duplicate key, bad _id, too large); then nothing has changed. */
export function insertDoc(collection: Collection, given: Doc): StoredDoc {
  const doc = withId(given);
  const bytes = checkedBytes(doc);
  collection.storage.guard.enter(collection);
  const filed = indexesOf(collection).map((index) => keysToFile(collection, index, doc, null));
  const stored: StoredDoc = { no: collection.nextNo++, doc };
  for (const filing of filed) {
    note(collection, filing);
    for (const entry of entriesOf(filing, stored.no)) collection.storage.put(entry, NOTHING);
  }
  putBytes(collection, stored.no, bytes);
  changeCount(collection, 1);
  return stored;
}

/** Puts a changed document (same _id) in the place of a stored one. Errors: as insertDoc. */
export function replaceDoc(collection: Collection, stored: StoredDoc, doc: Doc): void {
  const bytes = checkedBytes(doc);
  guardDoc(collection, stored);
  const filed = collection.indexes.map((index) => keysToFile(collection, index, doc, stored));
  for (const filing of filed) {
    const before = entriesOf(fileDoc(filing.index, stored.doc), stored.no);
    const after = entriesOf(filing, stored.no);
    note(collection, filing);
    for (const entry of without(before, after)) collection.storage.remove(entry);
    for (const entry of without(after, before)) collection.storage.put(entry, NOTHING);
  }
  stored.doc = doc;
  putBytes(collection, stored.no, bytes);
}

export function removeDoc(collection: Collection, stored: StoredDoc): void {
  guardDoc(collection, stored);
  for (const index of indexesOf(collection)) {
    for (const entry of entriesOf(fileDoc(index, stored.doc), stored.no)) collection.storage.remove(entry);
  }
  collection.storage.remove(docKey(collection.id, stored.no));
  collection.storage.cache.changed(collection.id, stored.no);
  changeCount(collection, -1);
}

/** A document by its number; null when it is gone. Errors: Damaged. */
export function readDoc({ id, storage }: Collection, no: number): StoredDoc | null {
  const kept = storage.cache.get(id, no);
  if (kept !== undefined) return { no, doc: kept };
  const bytes = storage.get(docKey(id, no));
  if (bytes === undefined) return null;
  const doc = decode(unseal(bytes, `document ${no} of collection ${id}`));
  storage.cache.keep(id, no, doc, bytes.length);
  return { no, doc };
}

/** The same, for who only passes it on. */
export function readUnread({ id, storage }: Collection, no: number): StoredDoc | null {
  const bytes = storage.get(docKey(id, no));
  if (bytes === undefined) return null;
  return { no, doc: unread(Buffer.from(unseal(bytes, `document ${no} of collection ${id}`))) };
}

/** The same, for who looks at these fields alone. */
export function readPart({ id, storage }: Collection, no: number, asked: Asked): StoredDoc | null {
  const kept = storage.cache.get(id, no);
  if (kept !== undefined) return { no, doc: kept };
  const bytes = storage.get(docKey(id, no));
  if (bytes === undefined) return null;
  return { no, doc: decodePart(unseal(bytes, `document ${no} of collection ${id}`), asked) };
}

/** All documents in the order of insertion, or the other way round. */
export function* allDocs(collection: Collection, way: 1 | -1 = 1): Generator<StoredDoc> {
  for (const key of readKeys(collection.storage, rangeOf(collection.id), way)) {
    const stored = readDoc(collection, numberOfDoc(key));
    if (stored !== null) yield stored;
  }
}

/** How many documents a collection has. */
export function countAll({ id, count, storage }: Collection): number {
  return storage.isWriting() ? count : readCount(storage, id);
}

export function readCount(storage: Storage, id: number): number {
  return storage.get(countKey(id))?.readDoubleBE() ?? 0;
}

/** Builds an index over the documents that are there. Errors: CommandError 11000 or 171; then there is no such index. */
export function buildIndex(collection: Collection, spec: IndexSpec): void {
  const { storage } = collection;
  storage.guard.reshape(namespaceOf(collection));
  const index = createIndex(storage.ids.next++, spec);
  index.isReady = false;
  try {
    for (const stored of allDocs(collection)) {
      const filing = keysToFile(collection, index, stored.doc, stored);
      noteKeys(filing);
      for (const entry of entriesOf(filing, stored.no)) storage.put(entry, NOTHING);
    }
  } catch (error) {
    storage.discard(index.id);
    throw error;
  }
  collection.indexes = [...collection.indexes, index];
  storage.afterCommit(() => {
    index.isReady = true;
  });
  saveDescription(collection);
}

export function dropIndex(collection: Collection, name: string): void {
  const dropped = collection.indexes.find(({ spec }) => spec.name === name);
  if (dropped === undefined) return;
  collection.storage.guard.reshape(namespaceOf(collection));
  collection.indexes = collection.indexes.filter((index) => index !== dropped);
  dropped.isDropped = true;
  collection.storage.discard(dropped.id);
  saveDescription(collection);
}

export function saveDescription(collection: Collection): void {
  const { id, database, name, options, idIndex, indexes, storage } = collection;
  const kept: Description = { id, database, name, options, idIndex: stateOf(idIndex), indexes: indexes.map(stateOf) };
  storage.put(descriptionKey(id), sealDoc(kept as unknown as Doc));
}

const NOTHING = Buffer.alloc(0);

const stateOf = ({ id, spec, spread, cutFrom }: Index): IndexState => ({ id, spec, spread, cutFrom });

function keysToFile(collection: Collection, index: Index, doc: Doc, self: StoredDoc | null): Filing {
  const filing = fileDoc(index, doc);
  guardKeys(collection, filing);
  refuseDuplicates(collection, filing, self, readDoc);
  return filing;
}

/** A document that is there, and the values that it may share with no other. */
function guardDoc(collection: Collection, stored: StoredDoc): void {
  const { guard } = collection.storage;
  if (guard.isIdle()) return;
  guard.enter(collection);
  guard.change(docKey(collection.id, stored.no));
  for (const index of indexesOf(collection)) guardKeys(collection, fileDoc(index, stored.doc));
}

function guardKeys({ storage }: Collection, { index, bytes }: Filing): void {
  if (storage.guard.isIdle() || !isExclusive(index)) return;
  for (const value of bytes) storage.guard.change(cutToFit(value));
}

function note(collection: Collection, filing: Filing): void {
  if (noteKeys(filing)) saveDescription(collection);
}

function without(some: Buffer[], others: Buffer[]): Buffer[] {
  return some.filter((bytes) => !others.some((other) => other.equals(bytes)));
}

function putBytes({ id, storage }: Collection, no: number, bytes: Uint8Array): void {
  storage.put(docKey(id, no), seal(bytes));
  storage.cache.changed(id, no);
}

/** Notes that a collection has so many documents more. Within a change. */
export function changeCount(collection: Collection, change: number): void {
  collection.count += change;
  collection.storage.beforeEnd(collection, () => {
    if (collection.isDropped) return;
    const value = Buffer.allocUnsafe(8);
    value.writeDoubleBE(collection.count);
    collection.storage.put(countKey(collection.id), value);
  });
}

function checkedBytes(doc: Doc): Uint8Array {
  const bytes = encode(doc);
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw new CommandError(
      10334,
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}`,
    );
  }
  return bytes;
}

function withId(given: Doc): Doc {
  if (!Object.hasOwn(given, '_id')) return { _id: new ObjectId(), ...given };
  const { _id } = given;
  if (Array.isArray(_id) || bsonType(_id) === 'BSONRegExp') {
    throw new CommandError(2, `The '_id' value cannot be of type ${Array.isArray(_id) ? 'array' : 'regex'}`);
  }
  return Object.keys(given)[0] === '_id' ? given : { _id, ...given };
}
