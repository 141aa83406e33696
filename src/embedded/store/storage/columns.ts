import type { Interval } from '../intervals.js';
import { skipKey } from './keyBytes.js';
import { bytesOfInterval } from './keyRange.js';
import type { Entry } from './layout.js';
import { valuesIn } from './layout.js';

/** The bytes of the first columns of an entry; null for one that does not fit into its key. */
export function columnsOf({ key }: Entry, directions: number[], count: number): (Buffer | null)[] {
  const values = valuesIn(key);
  const columns: (Buffer | null)[] = [];
  for (let at = 0; columns.length < count; ) {
    const end = at < values.length ? skipKey(values, at, directions[columns.length] === -1 ? 0xff : 0) : at + 1;
    columns.push(end <= values.length ? values.subarray(at, end) : null);
    at = end;
  }
  return columns;
}

/** Whether the bytes of a column may lie in one of the intervals, which are in order; one that is cut may. */
export function columnTest(intervals: Interval[], direction: number): (column: Buffer | null) => boolean {
  const ranges = intervals.map((interval) => bytesOfInterval(interval, direction));
  if (direction === -1) ranges.reverse();
  return (column) => {
    if (column === null) return true;
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { start, end } = ranges[middle]!;
      if (Buffer.compare(column, start) < 0) high = middle - 1;
      else if (Buffer.compare(column, end) >= 0) low = middle + 1;
      else return true;
    }
    return false;
  };
}

/** Compares the bytes of two columns by the values that they stand for, whatever their directions. */
export function compareColumns(a: Buffer, directionA: number, b: Buffer, directionB: number): number {
  if (directionA === directionB) return Buffer.compare(a, b) * directionA;
  return Buffer.compare(directionA === 1 ? a : raised(a), directionB === 1 ? b : raised(b));
}

const raised = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));
