import { DISCARDED, discardedKey, idIn, rangeOf } from './layout.js';
import type { Storage } from './storage.js';

/** The removal of all that a dropped collection or index holds: a little at once, the rest by and by. */
export interface Discarding {
  /** Within a change. The number is not used again before all is gone. */
  discard(id: number): void;
  /** Removes some more of what was dropped; gives whether anything is left. Within a change. */
  discardMore(): boolean;
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
    discardMore: () => {
      const [marker] = storage.keys(DISCARDED, { limit: 1 });
      if (marker === undefined) return false;
      if (removeSome(idIn(marker))) storage.remove(marker);
      return true;
    },
  };
}
