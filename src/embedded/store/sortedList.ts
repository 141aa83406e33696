/**
 * A list kept in order, in chunks, so that an insertion moves hundreds of entries and not the whole list.
 * Positions are found by a monotone question ("is this entry still before the place?"), so that the caller needs no
 * artificial entry to search with.
 */
export interface SortedList<T> {
  readonly order: (a: T, b: T) => number;
  readonly chunks: T[][];
}

const FULL_CHUNK = 512;

export function createSortedList<T>(order: (a: T, b: T) => number): SortedList<T> {
  return { order, chunks: [[]] };
}

export function insertSorted<T>(list: SortedList<T>, entry: T): void {
  const { chunk, at } = locate(list, (other) => list.order(other, entry) < 0);
  const entries = list.chunks[chunk]!;
  entries.splice(at, 0, entry);
  if (entries.length > FULL_CHUNK) list.chunks.splice(chunk + 1, 0, entries.splice(FULL_CHUNK / 2));
}

/** Removes the entry that the order holds equal to this one, if it is there. */
export function removeSorted<T>(list: SortedList<T>, entry: T): void {
  const place = locate(list, (other) => list.order(other, entry) < 0);
  const entries = list.chunks[place.chunk]!;
  const found = entries[place.at];
  if (found === undefined || list.order(found, entry) !== 0) return;
  entries.splice(place.at, 1);
  if (entries.length === 0 && list.chunks.length > 1) list.chunks.splice(place.chunk, 1);
}

interface Place {
  chunk: number;
  at: number;
}

/** A stretch of the list, valid until the list is changed. */
export interface Span {
  from: Place;
  /** Just after the last entry. */
  to: Place;
}

/** The stretch from the first entry that is no longer `before` the range to the last that is not `after` it. */
export function spanOf<T>(list: SortedList<T>, before: (entry: T) => boolean, after: (entry: T) => boolean): Span {
  return { from: locate(list, before), to: locate(list, (entry) => !after(entry)) };
}

export function sizeOf<T>(list: SortedList<T>, { from, to }: Span): number {
  let size = to.at - from.at;
  for (let chunk = from.chunk; chunk < to.chunk; chunk++) size += list.chunks[chunk]!.length;
  return size;
}

/** The entries of a stretch, from the first to the last or the other way round. */
export function* walk<T>(list: SortedList<T>, { from, to }: Span, direction: 1 | -1): Generator<T> {
  const start = direction === 1 ? from : to;
  for (let chunk = start.chunk; chunk >= from.chunk && chunk <= to.chunk; chunk += direction) {
    const entries = list.chunks[chunk]!;
    const low = chunk === from.chunk ? from.at : 0;
    const high = chunk === to.chunk ? to.at : entries.length;
    if (direction === 1) for (let at = low; at < high; at++) yield entries[at]!;
    else for (let at = high - 1; at >= low; at--) yield entries[at]!;
  }
}

/** The place of the first entry for which `before` is false. */
function locate<T>(list: SortedList<T>, before: (entry: T) => boolean): Place {
  let low = 0;
  let high = list.chunks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const last = list.chunks[middle]!.at(-1);
    if (last === undefined || before(last)) low = middle + 1;
    else high = middle;
  }
  const entries = list.chunks[low]!;
  let from = 0;
  let to = entries.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (before(entries[middle]!)) from = middle + 1;
    else to = middle;
  }
  return { chunk: low, at: from };
}
