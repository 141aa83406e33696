import { type Entry, entryOf } from './layout.js';
import type { Range, Storage } from './storage.js';

const FIRST = 8;
const MOST = 256;

/**
 * The keys of a stretch, one after another, read some at a time: nothing is held open between two of them, and the reading
 * may go on after others have written.
 */
export function* readKeys(storage: Pick<Storage, 'keys'>, range: Range, way: 1 | -1): Generator<Buffer> {
  let { start, end } = range;
  let isAfterStart = false;
  for (let limit = FIRST; ; limit = Math.min(limit * 2, MOST)) {
    const keys = storage.keys({ start, end }, { limit, backward: way === -1, isAfterStart });
    yield* keys;
    const last = keys.at(-1);
    if (last === undefined || keys.length < limit) return;
    if (way === 1) [start, isAfterStart] = [last, true];
    else end = last;
  }
}

/** The entries of a stretch of an index. */
export function* readEntries(storage: Pick<Storage, 'keys'>, range: Range, way: 1 | -1): Generator<Entry> {
  for (const key of readKeys(storage, range, way)) yield entryOf(key);
}
