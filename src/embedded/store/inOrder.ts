import { PAUSE } from './flow.js';

const RUN = 1024;

/**
 * Sorts many items without keeping others waiting: short runs first, which are then merged two by two, with pauses. Items
 * that are equal keep their order.
 */
export function* inOrder<T>(items: T[], compare: (a: T, b: T) => number): Generator<typeof PAUSE, T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare));
    yield PAUSE;
  }
  while (runs.length > 1) {
    const next: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) next.push(yield* merged(runs[i]!, runs[i + 1] ?? [], compare));
    runs = next;
  }
  return runs[0] ?? [];
}

function* merged<T>(a: T[], b: T[], compare: (a: T, b: T) => number): Generator<typeof PAUSE, T[]> {
  if (b.length === 0) return a;
  const out: T[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    out.push(compare(b[j]!, a[i]!) < 0 ? b[j++]! : a[i++]!);
    if (out.length % RUN === 0) yield PAUSE;
  }
  while (i < a.length) out.push(a[i++]!);
  while (j < b.length) out.push(b[j++]!);
  return out;
}
