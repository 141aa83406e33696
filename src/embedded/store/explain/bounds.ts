import type { Branch, Scan } from '../branches.js';
import { rank } from '../compare.js';
import { type Cut, EDGE, EVERYTHING, type Interval } from '../intervals.js';
import { show } from '../show.js';

/** The bounds of each column as MongoDB prints them, "[1, 5)", in the order in which they are read. */
export function showBounds({ index, bounds, order }: Branch, scans: Scan[]): Record<string, string[]> {
  const columns = Object.keys(index.spec.key).map((path, column) => {
    const isBackward = index.directions[column]! * (order?.direction ?? 1) === -1;
    const read = scans.length === 1 ? scans[0]!.intervals[column] : undefined;
    const intervals = read === undefined ? (bounds[column]?.intervals ?? [EVERYTHING]) : [read];
    const shown = intervals.map((interval) => showInterval(interval, isBackward));
    return [path, isBackward ? shown.reverse() : shown];
  });
  return Object.fromEntries(columns);
}

function showInterval({ from, to }: Interval, isBackward: boolean): string {
  const [low, high] = [showStart(from), showEnd(to)];
  if (!isBackward) return `${low.closed ? '[' : '('}${low.text}, ${high.text}${high.closed ? ']' : ')'}`;
  return `${high.closed ? '[' : '('}${high.text}, ${low.text}${low.closed ? ']' : ')'}`;
}

interface Shown {
  text: string;
  closed: boolean;
}

const NUMBER = rank(0);
const STRING = rank('');
const DATE = rank(new Date(0));

function showStart({ rank: type, at, side }: Cut): Shown {
  if (type === NUMBER && Number.isNaN(at) && side === 1) return { text: '-inf.0', closed: true };
  if (at !== EDGE) return { text: show(at), closed: side === -1 };
  if (type === STRING) return { text: '""', closed: true };
  if (type === DATE) return { text: 'new Date(-9223372036854775808)', closed: true };
  return { text: 'MinKey', closed: true };
}

function showEnd({ rank: type, at, side }: Cut): Shown {
  if (at !== EDGE) return { text: show(at), closed: side === 1 };
  if (type === NUMBER) return { text: 'inf.0', closed: true };
  if (type === STRING) return { text: '{}', closed: false };
  if (type === DATE) return { text: 'new Date(9223372036854775807)', closed: true };
  return { text: 'MaxKey', closed: true };
}
