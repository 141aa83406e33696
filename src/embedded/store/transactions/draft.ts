import { type Catalog, findCollection, loadCatalog } from '../catalog.js';
import { type Collection, changeCount, indexesOf, namespaceOf, saveDescription } from '../collections.js';
import type { Guard } from '../storage/claims.js';
import { isOfCollection } from '../storage/layout.js';
import { createOverlay, type Ground, type Layer } from '../storage/overlay.js';

/** Changes that nobody else sees: they are made in memory over one state of the files, then written all at once or never. */
export interface Draft {
  /** The collections as they are on the ground, with what has been changed since. */
  readonly catalog: Catalog;
  readonly layer: Layer;
  /** How many documents each collection had when the first of them was changed. */
  readonly countsBefore: Map<Collection, number>;
}

export function createDraft(base: Catalog, ground: Ground, guard: Guard, grow: (bytes: number) => void): Draft {
  const countsBefore = new Map<Collection, number>();
  const noting: Guard = {
    ...guard,
    isIdle: () => false,
    enter: (entered) => {
      const collection = entered as Collection;
      if (countsBefore.has(collection) || isMade(collection)) return;
      guard.enter(collection);
      countsBefore.set(collection, collection.count);
    },
  };
  const { storage, layer } = createOverlay(base.storage, ground, noting, grow);
  const catalog = loadCatalog(storage);
  for (const collection of catalog.collections.values()) shareNumbers(base, collection);
  return { catalog, layer, countsBefore };
}

/** Whether this collection of a draft was made in it. */
export function isMade(collection: Collection): boolean {
  return !Object.hasOwn(collection, SHARED);
}

/** Writes all that was drafted. Within a change of the files. */
export function carryOut(base: Catalog, { catalog, layer, countsBefore }: Draft): void {
  for (const [collection, before] of countsBefore) merge(findSame(base, collection)!, collection, before);
  for (const collection of catalog.collections.values()) if (isMade(collection)) adopt(base, collection);
  for (const [key, value] of layer.written()) {
    if (isOfCollection(key)) continue;
    if (value === null) base.storage.remove(key);
    else base.storage.put(key, value);
  }
  for (const [id, no] of layer.changedDocs()) base.storage.cache.changed(id, no);
  for (const act of layer.afterCommit) base.storage.afterCommit(act);
}

/** Marks the collections that a draft found on its ground. */
const SHARED = Symbol('shared');

/** Documents get their numbers from the one collection, whoever inserts them. */
function shareNumbers(base: Catalog, collection: Collection): void {
  const kept = findSame(base, collection);
  Object.defineProperty(collection, SHARED, { value: true });
  if (kept === null) return;
  Object.defineProperty(collection, 'nextNo', {
    get: () => kept.nextNo,
    set: (next: number) => {
      kept.nextNo = next;
    },
  });
}

function findSame(base: Catalog, { database, name, id }: Collection): Collection | null {
  const kept = findCollection(base, database, name);
  return kept?.id === id ? kept : null;
}

/** Tells a collection of the documents that it has more, and of what its indexes have seen; of keys they look again. */
function merge(kept: Collection, drafted: Collection, countBefore: number): void {
  const ours = indexesOf(kept);
  let isNew = false;
  for (const [i, { spread, cutFrom }] of indexesOf(drafted).entries()) {
    const index = ours[i]!;
    index.greatest = null;
    spread.forEach((isSpread, column) => {
      if (!isSpread || index.spread[column]) return;
      index.spread[column] = true;
      isNew = true;
    });
    if (cutFrom < index.cutFrom) {
      index.cutFrom = cutFrom;
      isNew = true;
    }
  }
  if (isNew) saveDescription(kept);
  changeCount(kept, drafted.count - countBefore);
}

function adopt(base: Catalog, drafted: Collection): void {
  const kept: Collection = { ...drafted, storage: base.storage, count: 0 };
  base.collections.set(namespaceOf(kept), kept);
  saveDescription(kept);
  changeCount(kept, drafted.count);
}
