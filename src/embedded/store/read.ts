import type { Branch, Scan } from './branches.js';
import { compare } from './compare.js';
import type { IndexEntry, StoredDoc } from './indexes.js';
import { holds } from './intervals.js';
import { walk } from './sortedList.js';
import type { Doc } from './values.js';

/** What has been read of one stretch so far. */
export interface Tally {
  /** Keys that were looked at. */
  keys: number;
  /** Those whose values were all within the bounds. */
  passed: number;
}

export type Tallies = Map<Scan, Tally>;

interface Stream {
  branch: Branch;
  rest: Iterator<IndexEntry>;
  head: IndexEntry;
}

/** The documents that the branches find, each once; in the order of the sort when there is one, which all must give. */
export function* readBranches(branches: Branch[], sort: Doc | null, tallies: Tallies): Generator<StoredDoc> {
  const once = branches.length === 1 && branches[0]!.index.spread.every((count) => count === 0);
  const seen = new Set<StoredDoc>();
  for (const { stored } of sort === null ? inTurn(branches, tallies) : merged(branches, sort, tallies)) {
    if (!once) {
      if (seen.has(stored)) continue;
      seen.add(stored);
    }
    yield stored;
  }
}

function* inTurn(branches: Branch[], tallies: Tallies): Generator<IndexEntry> {
  for (const branch of branches) for (const scan of branch.scans) yield* readScan(branch, scan, tallies);
}

function* readScan(branch: Branch, scan: Scan, tallies: Tallies): Generator<IndexEntry> {
  const { index, keyChecks, bounds, order } = branch;
  const tally = { keys: 0, passed: 0 };
  tallies.set(scan, tally);
  for (const entry of walk(index.entries, scan.span, order?.direction ?? 1)) {
    tally.keys++;
    if (!keyChecks.every((column) => holds(bounds[column]!.intervals, entry.values[column]))) continue;
    tally.passed++;
    yield entry;
  }
}

/** Reads all stretches side by side, each time from the one whose next entry sorts first. */
function* merged(branches: Branch[], sort: Doc, tallies: Tallies): Generator<IndexEntry> {
  const ways = Object.values(sort).map(Number);
  const waiting: Stream[] = [];
  for (const branch of branches) {
    for (const scan of branch.scans) putBack(waiting, branch, readScan(branch, scan, tallies), ways);
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next.head;
    putBack(waiting, next.branch, next.rest, ways);
  }
}

/** The streams wait with the first to be read at the end. */
function putBack(waiting: Stream[], branch: Branch, rest: Iterator<IndexEntry>, ways: number[]): void {
  const { done, value: head } = rest.next();
  if (done === true) return;
  const stream = { branch, rest, head };
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isLater(waiting[middle]!, stream, ways)) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, stream);
}

function isLater(a: Stream, b: Stream, ways: number[]): boolean {
  const columnsA = a.branch.order!.columns;
  const columnsB = b.branch.order!.columns;
  for (let i = 0; i < ways.length; i++) {
    const order = compare(a.head.values[columnsA[i]!], b.head.values[columnsB[i]!]);
    if (order !== 0) return order * ways[i]! > 0;
  }
  return false;
}
