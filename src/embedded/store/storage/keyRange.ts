import { type Cut, EDGE, type Interval } from '../intervals.js';
import { keyBytes, typeByte } from './keyBytes.js';
import { cutToFit, following, isTooLong } from './layout.js';
import type { Range } from './storage.js';

/** The bytes at which the values of an interval begin, and those just after them, in a column of this direction. */
export function bytesOfInterval({ from, to }: Interval, direction: number): Range {
  if (direction === 1) return { start: rising(from), end: rising(to) };
  return { start: falling(to), end: falling(from) };
}

/** What all values begin with that lie at the place itself. */
const placeBytes = ({ rank, at }: Cut): Buffer => (at === EDGE ? Buffer.from([typeByte(rank)]) : keyBytes(at));

function rising(cut: Cut): Buffer {
  const bytes = placeBytes(cut);
  return cut.side === -1 ? bytes : following(bytes);
}

function falling(cut: Cut): Buffer {
  const bytes = inverted(placeBytes(cut));
  return cut.side === -1 ? following(bytes) : bytes;
}

const inverted = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

/**
 * The stretch of an index whose leading columns lie in these intervals, all but the last of which are single values.
 * Where the bytes are too long for a key, it holds all that may lie in them.
 */
export function rangeOfIntervals(prefix: Buffer, intervals: Interval[], directions: number[]): Range {
  const points = intervals.slice(0, -1).map((interval, i) => bytesOfInterval(interval, directions[i]!).start);
  const leading = Buffer.concat([prefix, ...points]);
  const last = intervals.at(-1);
  if (last === undefined) return { start: leading, end: following(leading) };
  const { start, end } = bytesOfInterval(last, directions[intervals.length - 1]!);
  return { start: cutToFit(Buffer.concat([leading, start])), end: endThatFits(Buffer.concat([leading, end])) };
}

function endThatFits(end: Buffer): Buffer {
  return isTooLong(end) ? following(cutToFit(end)) : end;
}
