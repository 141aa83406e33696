import type { Catalog } from './catalog.js';
import { type Collection, removeDoc } from './collections.js';
import type { Index, StoredDoc } from './indexes.js';
import { candidates } from './paths.js';

/**
 * Removes the documents that their TTL indexes say are over at a given moment: the date in the field (the earliest, when it
 * holds several) lies at least `expireAfterSeconds` back. Gives how many went.
 */
export function removeExpired(catalog: Catalog, now: Date): number {
  let removed = 0;
  for (const collection of catalog.collections.values()) {
    for (const index of collection.indexes) {
      if (index.spec.expireAfterSeconds === undefined) continue;
      for (const stored of expired(collection, index, index.spec.expireAfterSeconds, now)) {
        removeDoc(collection, stored);
        removed++;
      }
    }
  }
  return removed;
}

function expired(collection: Collection, index: Index, seconds: number, now: Date): StoredDoc[] {
  const latest = now.getTime() - seconds * 1000;
  const path = index.paths[0]!;
  return [...collection.docs.values()].filter(({ doc }) => {
    if (index.accepts !== null && !index.accepts(doc)) return false;
    return candidates(doc, path).some((value) => value instanceof Date && value.getTime() <= latest);
  });
}
