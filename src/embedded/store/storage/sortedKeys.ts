import type { Range } from './storage.js';

/** Keys in order, in chunks, so that one more moves hundreds of others and not all of them. */
export interface SortedKeys {
  /** Adds a key that is not there yet. */
  add(key: Buffer): void;
  /** The keys of a stretch, from its start or back from its end. None may be added meanwhile. */
  between(range: Range, way: 1 | -1): Generator<Buffer>;
}

const FULL_CHUNK = 512;

export function createSortedKeys(): SortedKeys {
  const chunks: Buffer[][] = [[]];
  /** The first chunk whose last key is not before this one, else the last. */
  const chunkOf = (key: Buffer): number => {
    let low = 0;
    let high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Buffer.compare(chunks[middle]!.at(-1)!, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add: (key) => {
      const at = chunkOf(key);
      const chunk = chunks[at]!;
      chunk.splice(placeIn(chunk, key), 0, key);
      if (chunk.length > FULL_CHUNK) chunks.splice(at + 1, 0, chunk.splice(FULL_CHUNK / 2));
    },
    *between({ start, end }, way) {
      const [from, to] = [chunkOf(start), chunkOf(end)];
      for (let at = way === 1 ? from : to; at >= from && at <= to; at += way) {
        const chunk = chunks[at]!;
        const low = at === from ? placeIn(chunk, start) : 0;
        const high = at === to ? placeIn(chunk, end) : chunk.length;
        if (way === 1) for (let i = low; i < high; i++) yield chunk[i]!;
        else for (let i = high - 1; i >= low; i--) yield chunk[i]!;
      }
    },
  };
}

/** The place of the first key that is not before this one. */
function placeIn(chunk: Buffer[], key: Buffer): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Buffer.compare(chunk[middle]!, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
