import type { Collection } from './collections.js';
import { compare } from './compare.js';
import { CommandError } from './errors.js';
import { type Filing, type Index, keysOfDoc, type StoredDoc } from './indexes.js';
import { show } from './show.js';
import { readEntries } from './storage/entries.js';
import { beginningOf, cutToFit, following, isTooLong, prefixOf, rangeOf } from './storage/layout.js';
import type { Doc } from './values.js';

/** Whether no two documents may have the same key. */
export function isExclusive({ spec }: Index): boolean {
  return spec.unique === true || spec.prepareUnique === true;
}

type ReadDoc = (collection: Collection, no: number) => StoredDoc | null;

/** Errors: CommandError 11000 in MongoDB's words when another document already has one of these keys. */
export function refuseDuplicates(
  collection: Collection,
  { index, keys, bytes }: Filing,
  self: StoredDoc | null,
  read: ReadDoc,
): void {
  if (!isExclusive(index)) return;
  for (const [i, key] of keys.entries()) {
    if (isBeyondAll(collection, index, bytes[i]!)) continue;
    const start = cutToFit(bytes[i]!);
    for (const entry of readEntries(collection.storage, { start, end: following(start) }, 1)) {
      if (entry.no === self?.no || (entry.isCut && !hasKey(read(collection, entry.no), index, key))) continue;
      throw duplicateKey(`${collection.database}.${collection.name}`, index.spec.name, index.spec.key, key);
    }
  }
}

/** Keys that grow, as those of most documents' _id do, need not be looked for. */
function isBeyondAll({ storage }: Collection, index: Index, bytes: Buffer): boolean {
  if (isTooLong(bytes)) return false;
  if (index.greatest === null) {
    const [last] = storage.keys(rangeOf(index.id), { limit: 1, backward: true });
    index.greatest = last === undefined ? prefixOf(index.id) : beginningOf(last);
  }
  return Buffer.compare(bytes, index.greatest) > 0;
}

/** Of values that were cut, the document tells whether they are the same to their end. */
function hasKey(stored: StoredDoc | null, index: Index, key: unknown[]): boolean {
  return stored !== null && keysOfDoc(index, stored.doc).some((other) => compare(other, key) === 0);
}

function duplicateKey(namespace: string, name: string, keyPattern: Doc, key: unknown[]): CommandError {
  const keyValue: Doc = {};
  Object.keys(keyPattern).forEach((path, i) => {
    keyValue[path] = key[i] ?? null;
  });
  const message = `E11000 duplicate key error collection: ${namespace} index: ${name} dup key: ${show(keyValue)}`;
  return new CommandError(11000, message, { keyPattern, keyValue });
}
