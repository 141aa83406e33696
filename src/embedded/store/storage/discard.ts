import { DISCARDED, discardedKey, idIn, rangeOf } from './layout.js';
import type { Storage } from './storage.js';

/** The removal of all that a dropped collection or index holds: a little at once, the rest by and by. */
export interface Discarding {
  /** Within a change. The number is not used again before all is gone. */
  discard(id: number): void;
  hasDiscarded(): boolean;
  /** Removes some more of what was dropped. Within a change. */
  discardMore(): void;
}

const AT_ONCE = 5000;

export function discarding(storage: Pick<Storage, 'keys' | 'put' | 'remove'>): Discarding {
  const removeSome = (id: number): boolean => {
    const keys = storage.keys(rangeOf(id), { limit: AT_ONCE });
    for (const key of keys) storage.remove(key);
    return keys.length < AT_ONCE;
  };
  return {
    discard: (id) => {
      if (!removeSome(id)) storage.put(discardedKey(id), Buffer.alloc(0));
    },
    hasDiscarded: () => storage.keys(DISCARDED, { limit: 1 }).length > 0,
    discardMore: () => {
      const [marker] = storage.keys(DISCARDED, { limit: 1 });
      if (marker !== undefined && removeSome(idIn(marker))) storage.remove(marker);
    },
  };
}
