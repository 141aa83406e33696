import type { RangeOptions } from 'lmdb';
import type { Lmdb, Snapshot, Storage } from './storage.js';

type Access = Pick<Storage, 'get' | 'put' | 'remove' | 'keys' | 'count'>;
type Readable = Pick<Storage, 'keys' | 'count'>;

/** Reads and writes what the last commit left, or within a change what it has done so far. */
export function access(lmdb: Lmdb): Access {
  return {
    get: (key) => lmdb.getBinaryFast(key),
    put: (key, value) => {
      lmdb.putSync(key, value);
    },
    remove: (key) => {
      lmdb.removeSync(key);
    },
    ...stretches(lmdb, {}),
  };
}

type Within = Pick<RangeOptions, 'transaction'>;

function stretches(lmdb: Lmdb, within: Within): Readable {
  return {
    keys: ({ start, end }, { limit, backward = false, isAfterStart = false }) =>
      Array.from(
        backward
          ? lmdb.getKeys({
              ...within,
              start: end,
              end: start,
              reverse: true,
              exclusiveStart: true,
              inclusiveEnd: true,
              limit,
            })
          : lmdb.getKeys({ ...within, start, end, limit, exclusiveStart: isAfterStart }),
      ) as Buffer[],
    count: ({ start, end }, most) => {
      for (const _ of lmdb.getKeys({ ...within, start, end, offset: most - 1, limit: 1 })) return most;
      return lmdb.getKeysCount({ ...within, start, end });
    },
  };
}

/** The last commit, for as long as it is not released. */
export function snapshotOf(lmdb: Lmdb, isWriting: () => boolean): Snapshot {
  // What is read within one turn may be older than the last commit.
  lmdb.resetReadTxn();
  const transaction = lmdb.useReadTransaction();
  return {
    get: (key) => {
      if (!isWriting()) return lmdb.get(key, { transaction });
      // Within a change lmdb takes a single look-up to the change itself, a stretch to where it is told.
      for (const entry of lmdb.getRange({ start: key, limit: 1, transaction }))
        return (entry.key as Buffer).equals(key) ? entry.value : undefined;
      return undefined;
    },
    ...stretches(lmdb, { transaction }),
    release: () => transaction.done(),
  };
}
