import { allDocs, type Collection, countAll, indexesOf } from './collections.js';
import { entriesOf, fileDoc, type Index } from './indexes.js';
import { readKeys } from './storage/entries.js';
import { docKey, numberOfDoc, rangeOf } from './storage/layout.js';
import { Damaged, unseal } from './storage/sealed.js';

/** What was found of a collection, read from end to end. */
export interface Validation {
  valid: boolean;
  documents: number;
  /** How many keys each index has, by its name. */
  keys: Record<string, number>;
  /** What does not agree, in sentences; at most some tens. */
  errors: string[];
}

const MOST_ERRORS = 50;

/**
 * Reads all of a collection: each document must be what was written, each index must have the keys that the documents call for,
 * and no others, and the count must be right.
 */
export function validateCollection(collection: Collection): Validation {
  const errors: string[] = [];
  const say = (error: string) => {
    if (errors.length < MOST_ERRORS) errors.push(error);
  };
  const documents = readAll(collection, say);
  if (documents !== countAll(collection)) say(`${documents} documents, but ${countAll(collection)} are counted`);
  const wanted = new Map<Index, number>(indexesOf(collection).map((index) => [index, 0]));
  if (errors.length === 0) lookForKeys(collection, wanted, say);
  const keys: Record<string, number> = {};
  for (const [index, count] of wanted) {
    keys[index.spec.name] = collection.storage.count(rangeOf(index.id), Number.MAX_SAFE_INTEGER);
    if (errors.length === 0 && keys[index.spec.name] !== count)
      say(`index ${index.spec.name} has ${keys[index.spec.name]} keys, of which ${count} are called for`);
  }
  return { valid: errors.length === 0, documents, keys, errors };
}

/** How many documents there are; says which of them are not what was written. */
function readAll({ id, storage }: Collection, say: (error: string) => void): number {
  let documents = 0;
  for (const key of readKeys(storage, rangeOf(id), 1)) {
    documents++;
    const no = numberOfDoc(key);
    try {
      unseal(storage.get(docKey(id, no)) ?? Buffer.alloc(0), `document ${no}`);
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      say(error.message);
    }
  }
  return documents;
}

function lookForKeys(collection: Collection, wanted: Map<Index, number>, say: (error: string) => void): void {
  for (const { no, doc } of allDocs(collection)) {
    for (const [index, count] of wanted) {
      const entries = entriesOf(fileDoc(index, doc), no);
      wanted.set(index, count + entries.length);
      if (entries.some((entry) => collection.storage.get(entry) === undefined))
        say(`index ${index.spec.name} lacks a key of document ${no}`);
    }
  }
}
