import { compare, rank } from './compare.js';

/** A place between neighbouring values: just before (-1) or just after (1) a value, or all values of a type (EDGE). */
export interface Cut {
  rank: number;
  at: unknown;
  side: -1 | 1;
}

/** The values between two places, in BSON order. */
export interface Interval {
  from: Cut;
  to: Cut;
}

export const EDGE = Symbol('edge of a type');

const LOWEST_RANK = -1;
const HIGHEST_RANK = 127;

export const before = (value: unknown): Cut => ({ rank: rank(value), at: value, side: -1 });
export const after = (value: unknown): Cut => ({ rank: rank(value), at: value, side: 1 });
export const typeStart = (typeRank: number): Cut => ({ rank: typeRank, at: EDGE, side: -1 });
export const typeEnd = (typeRank: number): Cut => ({ rank: typeRank, at: EDGE, side: 1 });
export const point = (value: unknown): Interval => ({ from: before(value), to: after(value) });
export const EVERYTHING: Interval = { from: typeStart(LOWEST_RANK), to: typeEnd(HIGHEST_RANK) };

export function compareCuts(a: Cut, b: Cut): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.at === EDGE || b.at === EDGE) return (a.at === EDGE ? a.side : 0) - (b.at === EDGE ? b.side : 0);
  return compare(a.at, b.at) || a.side - b.side;
}

export function isPoint({ from, to }: Interval): boolean {
  if (from.at === EDGE || to.at === EDGE || from.side !== -1 || to.side !== 1) return false;
  return from.at === to.at || compare(from.at, to.at) === 0;
}

export function isEverything({ from, to }: Interval): boolean {
  return compareCuts(from, EVERYTHING.from) === 0 && compareCuts(to, EVERYTHING.to) === 0;
}

/** -1 when a value lies before the interval, 0 within, 1 after. */
export function placeIn(value: unknown, { from, to }: Interval): -1 | 0 | 1 {
  if (!isBeyond(value, from)) return -1;
  return isBeyond(value, to) ? 1 : 0;
}

function isBeyond(value: unknown, cut: Cut): boolean {
  const byType = rank(value) - cut.rank;
  if (byType !== 0) return byType > 0;
  if (cut.at === EDGE) return cut.side < 0;
  return (compare(value, cut.at) || -cut.side) > 0;
}

/** Whether one of the intervals, which are in order, holds the value. */
export function holds(intervals: Interval[], value: unknown): boolean {
  let low = 0;
  let high = intervals.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const place = placeIn(value, intervals[middle]!);
    if (place === 0) return true;
    if (place < 0) high = middle - 1;
    else low = middle + 1;
  }
  return false;
}

/** The same values as intervals in order that neither touch nor overlap. */
export function union(intervals: Interval[]): Interval[] {
  const sorted = intervals
    .filter(({ from, to }) => compareCuts(from, to) < 0)
    .sort((a, b) => compareCuts(a.from, b.from));
  const out: Interval[] = [];
  for (const next of sorted) {
    const last = out.at(-1);
    if (last === undefined || compareCuts(last.to, next.from) < 0) out.push(next);
    else if (compareCuts(last.to, next.to) < 0) out[out.length - 1] = { from: last.from, to: next.to };
  }
  return out;
}

/** The values that both lists hold; each list is in order. */
export function intersection(a: Interval[], b: Interval[]): Interval[] {
  const out: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i]!, b[j]!];
    const from = compareCuts(x.from, y.from) > 0 ? x.from : y.from;
    const to = compareCuts(x.to, y.to) < 0 ? x.to : y.to;
    if (compareCuts(from, to) < 0) out.push({ from, to });
    if (to === x.to) i++;
    else j++;
  }
  return out;
}

/** Whether two lists, in order, hold the same values. */
export function sameIntervals(a: Interval[], b: Interval[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ from, to }, i) => compareCuts(from, b[i]!.from) === 0 && compareCuts(to, b[i]!.to) === 0)
  );
}

/** Whether the second list holds all that the first one does; both are in order. */
export function isPartOf(part: Interval[], whole: Interval[]): boolean {
  return sameIntervals(intersection(part, whole), part);
}

/** Everything that the list does not hold. */
export function complement(intervals: Interval[]): Interval[] {
  const cuts = [EVERYTHING.from, ...intervals.flatMap(({ from, to }) => [from, to]), EVERYTHING.to];
  return union(cuts.flatMap((from, i) => (i % 2 === 0 ? [{ from, to: cuts[i + 1]! }] : [])));
}
