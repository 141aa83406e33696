import type { Doc } from '../values.js';

/**
 * The documents that were read last, as far as a bounded number of bytes goes. One that is being changed is not kept until
 * the change is on the disk, so that nobody is told of it before.
 */
export interface DocCache {
  get(collection: number, no: number): Doc | undefined;
  keep(collection: number, no: number, doc: Doc, bytes: number): void;
  /** Told of each document that is written or removed. */
  changed(collection: number, no: number): void;
}

const MOST_BYTES = 24 * 1024 * 1024;
/** What a document takes besides its BSON, roughly. */
const OVERHEAD = 256;
/** Above this a document is not kept. */
const LARGE = 256 * 1024;

interface Kept {
  doc: Doc;
  bytes: number;
}

export function createDocCache(storage: { afterCommit(act: () => void): void }): DocCache {
  const kept = new Map<number, Kept>();
  const changing = new Map<number, number>();
  let total = 0;
  // Kept from one time to the next: whoever looks for the first of a map anew passes all places that became empty before it.
  let byAge = kept.entries();
  const oldest = (): [number, Kept] => {
    const next = byAge.next();
    if (next.done !== true) return next.value;
    byAge = kept.entries();
    return byAge.next().value!;
  };
  const drop = (key: number, { bytes }: Kept) => {
    kept.delete(key);
    total -= bytes;
  };
  const dropKey = (key: number) => {
    const found = kept.get(key);
    if (found !== undefined) drop(key, found);
  };
  const settled = (key: number) => {
    const left = changing.get(key)! - 1;
    if (left === 0) changing.delete(key);
    else changing.set(key, left);
  };
  return {
    get: (collection, no) => kept.get(keyOf(collection, no))?.doc,
    keep: (collection, no, doc, bytes) => {
      const key = keyOf(collection, no);
      if (bytes > LARGE || changing.has(key)) return;
      dropKey(key);
      kept.set(key, { doc, bytes: bytes + OVERHEAD });
      total += bytes + OVERHEAD;
      while (total > MOST_BYTES) drop(...oldest());
    },
    changed: (collection, no) => {
      const key = keyOf(collection, no);
      dropKey(key);
      changing.set(key, (changing.get(key) ?? 0) + 1);
      storage.afterCommit(() => settled(key));
    },
  };
}

/** Exact up to 2^21 collections and indexes of 2^32 documents. */
const keyOf = (collection: number, no: number): number => collection * 2 ** 32 + no;
