import type { Branch, Scan } from './branches.js';
import { columnsOf, columnTest, compareColumns } from './storage/columns.js';
import { readEntries } from './storage/entries.js';
import type { Entry } from './storage/layout.js';
import type { Storage } from './storage/storage.js';
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
  rest: Iterator<Entry>;
  head: Entry;
  /** The columns of the sort, as they stand in the head. */
  columns: (Buffer | null)[];
}

/**
 * The numbers of the documents that the branches find, each once; in the order of the sort when there is one, which all must
 * give. Others may write between two of them.
 */
export function* readBranches(
  storage: Storage,
  branches: Branch[],
  sort: Doc | null,
  tallies: Tallies,
): Generator<number> {
  const once = branches.length === 1 && findsEachOnce(branches[0]!);
  const seen = new Set<number>();
  for (const { no } of sort === null ? inTurn(storage, branches, tallies) : merged(storage, branches, sort, tallies)) {
    if (!once) {
      if (seen.has(no)) continue;
      seen.add(no);
    }
    yield no;
  }
}

/** Where values are cut, stretches that differ beyond that are one and the same. */
function findsEachOnce({ index: { spread, cutFrom }, scans }: Branch): boolean {
  return !spread.includes(true) && (scans.length === 1 || cutFrom === spread.length);
}

function* inTurn(storage: Storage, branches: Branch[], tallies: Tallies): Generator<Entry> {
  for (const branch of branches) for (const scan of branch.scans) yield* readScan(storage, branch, scan, tallies);
}

function* readScan(storage: Storage, branch: Branch, scan: Scan, tallies: Tallies): Generator<Entry> {
  const { index, keyChecks, bounds, order } = branch;
  const tally = { keys: 0, passed: 0 };
  tallies.set(scan, tally);
  const checks = keyChecks.map((column) => ({
    column,
    test: columnTest(bounds[column]!.intervals, index.directions[column]!),
  }));
  const count = keyChecks.length === 0 ? 0 : Math.max(...keyChecks) + 1;
  for (const entry of readEntries(storage, scan.range, order?.direction ?? 1)) {
    tally.keys++;
    if (count > 0) {
      const columns = columnsOf(entry, index.directions, count);
      if (!checks.every(({ column, test }) => test(columns[column]!))) continue;
    }
    tally.passed++;
    yield entry;
  }
}

/** Reads all stretches side by side, each time from the one whose next entry sorts first. */
function* merged(storage: Storage, branches: Branch[], sort: Doc, tallies: Tallies): Generator<Entry> {
  const ways = Object.values(sort).map(Number);
  const scans = branches.flatMap((branch) => branch.scans.map((scan) => ({ branch, scan })));
  if (scans.length === 1) {
    yield* readScan(storage, scans[0]!.branch, scans[0]!.scan, tallies);
    return;
  }
  const waiting: Stream[] = [];
  for (const { branch, scan } of scans) putBack(waiting, branch, readScan(storage, branch, scan, tallies), ways);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next.head;
    putBack(waiting, next.branch, next.rest, ways);
  }
}

/** The streams wait with the first to be read at the end. */
function putBack(waiting: Stream[], branch: Branch, rest: Iterator<Entry>, ways: number[]): void {
  const { done, value: head } = rest.next();
  if (done === true) return;
  const wanted = branch.order!.columns;
  const all = columnsOf(head, branch.index.directions, Math.max(...wanted) + 1);
  const stream = { branch, rest, head, columns: wanted.map((column) => all[column]!) };
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
  for (let i = 0; i < ways.length; i++) {
    const order = compareColumns(a.columns[i]!, wayOf(a, i), b.columns[i]!, wayOf(b, i));
    if (order !== 0) return order * ways[i]! > 0;
  }
  return false;
}

const wayOf = ({ branch: { index, order } }: Stream, i: number): number => index.directions[order!.columns[i]!]!;
