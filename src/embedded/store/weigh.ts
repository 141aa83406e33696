import type { Branch } from './branches.js';
import type { Collection } from './collections.js';
import { isPoint } from './intervals.js';

/** Beyond these many keys a stretch is not counted but guessed. */
const FEW = 100;
const MANY = 1000;
/** The share of keys that a single value is taken to have, and a range. */
const POINT_SHARE = 0.1;
const RANGE_SHARE = 0.3;

/**
 * Sets how many keys each branch has, as far as it takes to choose among them: counted when they are few, or when another has
 * few; guessed otherwise. Whoever has the fewest bounds what a plan in order may cost, so that those are counted further.
 */
export function weigh({ storage, count }: Collection, branches: Branch[], limit: number): void {
  const keysUpTo = ({ scans }: Branch, most: number): number => {
    let keys = 0;
    for (const { range } of scans) {
      if (keys < most) keys += storage.count(range, most - keys);
    }
    return keys;
  };
  for (const branch of branches) branch.keys = keysUpTo(branch, FEW);
  const fewest = Math.min(...branches.map(({ keys }) => keys));
  // From twice the square of the fewest on, a plan in order costs more than sorting those.
  const most = fewest < FEW ? Math.min(MANY, Math.ceil((2.5 * fewest * fewest) / limit)) : MANY;
  for (const branch of branches) {
    if (branch.keys < FEW) continue;
    if (most > FEW) branch.keys = keysUpTo(branch, most);
    if (branch.keys >= most) branch.keys = Math.max(branch.keys, guess(branch, count));
  }
}

function guess({ scans }: Branch, count: number): number {
  const share = scans.reduce(
    (sum, { intervals }) =>
      sum + intervals.reduce((product, interval) => product * (isPoint(interval) ? POINT_SHARE : RANGE_SHARE), 1),
    0,
  );
  return Math.ceil(count * Math.min(1, share));
}
