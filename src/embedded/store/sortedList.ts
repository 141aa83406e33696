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

/** The entries from the first that is no longer `before` the range to the last that is not `after` it. */
export function* ascending<T>(
  list: SortedList<T>,
  before: (entry: T) => boolean,
  after: (entry: T) => boolean,
): Generator<T> {
  const start = locate(list, before);
  for (let chunk = start.chunk, at = start.at; chunk < list.chunks.length; chunk++, at = 0) {
    const entries = list.chunks[chunk]!;
    for (; at < entries.length; at++) {
      if (after(entries[at]!)) return;
      yield entries[at]!;
    }
  }
}

/** The same entries from the last to the first. */
export function* descending<T>(
  list: SortedList<T>,
  before: (entry: T) => boolean,
  after: (entry: T) => boolean,
): Generator<T> {
  const end = locate(list, (entry) => !after(entry));
  for (let chunk = end.chunk, at = end.at - 1; ; at--) {
    while (at < 0) {
      if (--chunk < 0) return;
      at = list.chunks[chunk]!.length - 1;
    }
    const entry = list.chunks[chunk]![at]!;
    if (before(entry)) return;
    yield entry;
  }
}

/** The place of the first entry for which `before` is false. */
function locate<T>(list: SortedList<T>, before: (entry: T) => boolean): { chunk: number; at: number } {
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
