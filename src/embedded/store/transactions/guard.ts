import { type Catalog, findCollection } from '../catalog.js';
import { type Collection, indexesOf } from '../collections.js';
import { type Guard, type Holder, keyClaim, namespaceClaim } from '../storage/claims.js';
import { following } from '../storage/layout.js';
import type { Snapshot, Storage } from '../storage/storage.js';
import { writeConflict } from './broken.js';

/** The first to change something has it until its end; what others have changed since the beginning cannot be changed. */
export function guardOf(base: Catalog, snapshot: Snapshot, transaction: Holder): Guard {
  const { claims } = base.storage;
  const mine = new Set<string>();
  const add = (claim: string) => {
    mine.add(claim);
    claims.add(claim, transaction);
  };
  return {
    isIdle: () => false,
    change: (key) => {
      const claim = keyClaim(key);
      if (mine.has(claim)) return;
      if (claims.other(claim, transaction) !== null || !isSame(base.storage, snapshot, key)) throw writeConflict();
      add(claim);
    },
    enter: (entered) => {
      const collection = entered as Collection;
      if (!isUnshaped(base, collection)) throw writeConflict();
      add(namespaceClaim(`${collection.database}.${collection.name}`));
    },
    reshape: (namespace) => {
      const claim = namespaceClaim(namespace);
      if (mine.has(claim)) return;
      if (claims.other(claim, transaction) !== null || base.collections.has(namespace)) throw writeConflict();
      add(claim);
    },
  };
}

/** Whether what is kept under the keys that begin so is still what it was. */
function isSame(now: Pick<Storage, 'get' | 'keys'>, then: Pick<Storage, 'get' | 'keys'>, start: Buffer): boolean {
  const range = { start, end: following(start) };
  const [ours, theirs] = [now.keys(range, SOME), then.keys(range, SOME)];
  return (
    ours.length === theirs.length &&
    ours.every((key, i) => {
      if (!key.equals(theirs[i]!)) return false;
      const value = then.get(key)!;
      const current = now.get(key)!;
      // What is read of the files may lie in a longer buffer.
      return value.equals(current.subarray(0, current.length));
    })
  );
}

/** More keys than share one value that may be there once. */
const SOME = { limit: 1000 };

/** Whether a collection has the indexes that it had. */
function isUnshaped(base: Catalog, collection: Collection): boolean {
  const kept = findCollection(base, collection.database, collection.name);
  const ids = (of: Collection) => indexesOf(of).map(({ id }) => id);
  return kept !== null && kept.id === collection.id && ids(kept).join() === ids(collection).join();
}
