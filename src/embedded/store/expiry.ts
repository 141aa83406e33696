import type { Catalog } from './catalog.js';
import { type Collection, readDoc, removeDoc } from './collections.js';
import type { Index, StoredDoc } from './indexes.js';
import { after, type Interval, typeStart } from './intervals.js';
import { candidates } from './paths.js';
import { readEntries } from './storage/entries.js';
import { rangeOfIntervals } from './storage/keyRange.js';
import { prefixOf } from './storage/layout.js';

/** As many as go in one change. */
const AT_ONCE = 1000;

/**
 * Removes the documents that their TTL indexes say are over at a given moment: the date in the field (the earliest, when it
 * holds several) lies at least `expireAfterSeconds` back. Gives how many went. Errors: DiskFailure.
 */
export function removeExpired({ collections, storage }: Catalog, now: Date): number {
  let removed = 0;
  // What a transaction is changing goes the next time.
  if (!storage.claims.isEmpty()) return removed;
  for (const collection of collections.values()) {
    for (const index of collection.indexes) {
      const { expireAfterSeconds: seconds } = index.spec;
      if (seconds === undefined || !index.isReady) continue;
      const latest = new Date(now.getTime() - seconds * 1000);
      for (let some = expired(collection, index, latest); some.length > 0; some = expired(collection, index, latest)) {
        storage.writeNow(() => {
          for (const { no } of some) removeIfExpired(collection, index, latest, no);
        });
        removed += some.length;
      }
    }
  }
  return removed;
}

function expired(collection: Collection, index: Index, latest: Date): StoredDoc[] {
  const past: Interval = { from: typeStart(after(latest).rank), to: after(latest) };
  const found = new Map<number, StoredDoc>();
  for (const { no } of readEntries(
    collection.storage,
    rangeOfIntervals(prefixOf(index.id), [past], index.directions),
    1,
  )) {
    const stored = readDoc(collection, no);
    if (stored !== null && isOver(index, stored, latest)) found.set(no, stored);
    if (found.size === AT_ONCE) break;
  }
  return [...found.values()];
}

function isOver(index: Index, { doc }: StoredDoc, latest: Date): boolean {
  return candidates(doc, index.paths[0]!).some((value) => value instanceof Date && value <= latest);
}

/** Looks again: another change may have come before this one. */
function removeIfExpired(collection: Collection, index: Index, latest: Date, no: number): void {
  const stored = readDoc(collection, no);
  if (stored !== null && isOver(index, stored, latest)) removeDoc(collection, stored);
}
