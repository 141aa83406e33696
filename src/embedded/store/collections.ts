import { ObjectId } from 'bson';
import type { Durability } from './durability.js';
import { CommandError } from './errors.js';
import {
  createIndex,
  duplicateKey,
  fileDoc,
  type Index,
  type IndexSpec,
  keysOfDoc,
  refuseDuplicates,
  type StoredDoc,
  unfileDoc,
} from './indexes.js';
import { keyOf } from './keys.js';
import { bsonType, type Doc, encode } from './values.js';

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** The documents of one namespace: by _id, in order of insertion, and by their indexes. */
export interface Collection {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly docs: Map<string, StoredDoc>;
  /** The one on _id, which every collection has; `indexes` are the others. */
  readonly idIndex: Index;
  indexes: Index[];
  nextNo: number;
  readonly durability: Durability;
}

function namespaceOf(collection: Collection): string {
  return `${collection.database}.${collection.name}`;
}

/** Stores a new document, _id first. Errors: CommandError (duplicate key, bad _id, too large); then nothing has changed. */
export function insertDoc(collection: Collection, given: Doc): StoredDoc {
  const doc = withId(given);
  const idKey = keyOf(doc['_id']);
  if (collection.docs.has(idKey)) throw duplicateKey(namespaceOf(collection), '_id_', { _id: 1 }, [doc['_id']]);
  const bytes = checkedBytes(doc);
  const keys = collection.indexes.map((index) => checkedKeys(collection, index, doc, null));
  const stored: StoredDoc = { no: collection.nextNo++, doc };
  collection.docs.set(idKey, stored);
  fileDoc(collection.idIndex, [[doc['_id']]], stored);
  collection.indexes.forEach((index, i) => {
    fileDoc(index, keys[i]!, stored);
  });
  collection.durability.putDoc(collection.id, stored.no, bytes);
  return stored;
}

/** Puts a changed document (same _id) in the place of a stored one. Errors: as insertDoc. */
export function replaceDoc(collection: Collection, stored: StoredDoc, doc: Doc): void {
  const bytes = checkedBytes(doc);
  const after = collection.indexes.map((index) => checkedKeys(collection, index, doc, stored));
  const before = collection.indexes.map((index) => keysOfDoc(index, stored.doc));
  collection.indexes.forEach((index, i) => {
    if (keyOf(before[i]) === keyOf(after[i])) return;
    unfileDoc(index, before[i]!, stored);
    fileDoc(index, after[i]!, stored);
  });
  stored.doc = doc;
  collection.durability.putDoc(collection.id, stored.no, bytes);
}

export function removeDoc(collection: Collection, stored: StoredDoc): void {
  for (const index of collection.indexes) unfileDoc(index, keysOfDoc(index, stored.doc), stored);
  unfileDoc(collection.idIndex, [[stored.doc['_id']]], stored);
  collection.docs.delete(keyOf(stored.doc['_id']));
  collection.durability.removeDoc(collection.id, stored.no);
}

/** Takes a document back from the disk. */
export function restoreDoc(collection: Collection, no: number, doc: Doc): void {
  const stored = { no, doc };
  collection.docs.set(keyOf(doc['_id']), stored);
  fileDoc(collection.idIndex, [[doc['_id']]], stored);
  collection.nextNo = Math.max(collection.nextNo, no + 1);
  for (const index of collection.indexes) fileDoc(index, keysOfDoc(index, doc), stored);
}

/** Builds an index over the documents that are there. Errors: CommandError 11000 or 171; then there is no such index. */
export function buildIndex(collection: Collection, spec: IndexSpec): void {
  const index = createIndex(spec);
  for (const stored of collection.docs.values()) {
    fileDoc(index, checkedKeys(collection, index, stored.doc, stored), stored);
  }
  collection.indexes = [...collection.indexes, index];
  saveDescription(collection);
}

export function dropIndex(collection: Collection, name: string): void {
  collection.indexes = collection.indexes.filter(({ spec }) => spec.name !== name);
  saveDescription(collection);
}

export function saveDescription(collection: Collection): void {
  const { id, database, name, indexes } = collection;
  collection.durability.putCollection(id, { id, database, name, indexes: indexes.map(({ spec }) => spec) });
}

function checkedKeys(collection: Collection, index: Index, doc: Doc, self: StoredDoc | null): unknown[][] {
  const keys = keysOfDoc(index, doc);
  refuseDuplicates(index, keys, self, namespaceOf(collection));
  return keys;
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
  const { _id, ...rest } = given;
  if (Array.isArray(_id) || bsonType(_id) === 'BSONRegExp') {
    throw new CommandError(2, `The '_id' value cannot be of type ${Array.isArray(_id) ? 'array' : 'regex'}`);
  }
  return { _id, ...rest };
}
