import type { Guard } from './claims.js';
import { discarding } from './discard.js';
import type { DocCache } from './docCache.js';
import { readKeys } from './entries.js';
import { createSortedKeys } from './sortedKeys.js';
import type { Range, Reading, Storage } from './storage.js';

/** What is read where nothing was written over it. */
export type Ground = Pick<Storage, 'get' | 'keys' | 'count'>;

/** What has been written over a ground. */
export interface Layer {
  /** In the order of the keys; null where a key was removed. */
  written(): Iterable<[Buffer, Buffer | null]>;
  /** The documents among them, by collection and number. */
  changedDocs(): Iterable<[number, number]>;
  /** What the files do once this has been written to them. */
  readonly afterCommit: (() => void)[];
}

interface Written {
  key: Buffer;
  value: Buffer | null;
  /** Whether the ground has this key. */
  isBelow: boolean;
}

/**
 * Storage whose writes are kept in memory, over a ground that they do not change.
 * @param grow told of the bytes that each write takes; throws when there are to be no more
 */
export function createOverlay(
  base: Storage,
  ground: Ground,
  guard: Guard,
  grow: (bytes: number) => void,
): { storage: Storage; layer: Layer } {
  const entries = new Map<string, Written>();
  const sorted = createSortedKeys();
  const docs: [number, number][] = [];
  const committing: (() => void)[] = [];
  const write = (key: Buffer, value: Buffer | null) => {
    const name = key.toString('latin1');
    grow(key.length + (value?.length ?? 0) + OVERHEAD);
    const before = entries.get(name);
    if (before !== undefined) before.value = value;
    else {
      entries.set(name, { key, value, isBelow: ground.get(key) !== undefined });
      sorted.add(key);
    }
  };
  const entryAt = (key: Buffer) => entries.get(key.toString('latin1'));
  const access: Pick<Storage, 'get' | 'put' | 'remove' | 'keys' | 'count'> = {
    get: (key) => {
      const own = entryAt(key);
      return own === undefined ? ground.get(key) : (own.value ?? undefined);
    },
    put: (key, value) => write(key, value),
    remove: (key) => write(key, null),
    keys: (range, reading) => {
      const own = sorted.between(range, reading.backward === true ? -1 : 1);
      return merged(own, (key) => entryAt(key)!.value !== null, ground, range, reading);
    },
    count: (range, most) => {
      let change = 0;
      for (const key of sorted.between(range, 1)) {
        const { value, isBelow } = entryAt(key)!;
        if (isBelow !== (value !== null)) change += isBelow ? -1 : 1;
      }
      return Math.min(most, Math.max(0, ground.count(range, Math.max(1, most - change)) + change));
    },
  };
  const storage: Storage = {
    ...base,
    ...access,
    ...discarding(access),
    guard,
    cache: cacheOf(docs),
    // All that is done here belongs to one change, which is still under way.
    isWriting: () => true,
    beforeEnd: () => undefined,
    afterCommit: (act) => {
      committing.push(act);
    },
  };
  const written = function* (): Generator<[Buffer, Buffer | null]> {
    for (const { key, value } of entries.values()) yield [key, value];
  };
  return { storage, layer: { written, changedDocs: () => docs, afterCommit: committing } };
}

/** What a write takes in memory besides its bytes, roughly. */
const OVERHEAD = 200;

/** Keeps nothing: what is read here is not what others read. */
function cacheOf(changed: [number, number][]): DocCache {
  return {
    get: () => undefined,
    keep: () => undefined,
    changed: (collection, no) => {
      changed.push([collection, no]);
    },
  };
}

/** The first keys of a stretch, of the ground and of what was written over it. */
function merged(
  own: Iterator<Buffer>,
  isThere: (key: Buffer) => boolean,
  ground: Ground,
  range: Range,
  reading: Reading,
): Buffer[] {
  let mine = own.next();
  if (mine.done === true) return ground.keys(range, reading);
  const { limit, backward, isAfterStart = false } = reading;
  const way = backward === true ? -1 : 1;
  const below = readKeys(ground, range, way);
  let theirs = below.next();
  const keys: Buffer[] = [];
  while (keys.length < limit && !(mine.done === true && theirs.done === true)) {
    const order = mine.done === true ? 1 : theirs.done === true ? -1 : Buffer.compare(mine.value, theirs.value) * way;
    const key: Buffer = order <= 0 ? mine.value : theirs.value;
    const kept = order > 0 || isThere(key);
    if (order <= 0) mine = own.next();
    if (order >= 0) theirs = below.next();
    if (kept && !(isAfterStart && key.equals(range.start))) keys.push(key);
  }
  return keys;
}
