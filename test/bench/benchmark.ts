/** One line of a benchmark's table. `ratio`: ours over the floor, for rates, times and memory alike. */
export interface Row {
  name: string;
  /** Medians of the rounds, in `unit`. */
  ours: number;
  floor: number;
  unit: string;
  /** Median of the rounds' ratios, with the lowest and the highest. */
  ratio: number;
  low: number;
  high: number;
}

/** A benchmark is one file of this folder; it throws when what it measures is wrong. */
export type Benchmark = () => Promise<Row[]>;

/** How much one side does in a second; runs for about the given time. */
export type Side = (milliseconds: number) => Promise<number>;

/** The warm-up lasts as long as so many rounds: servers run for days, compiled where it counts. */
const WARM_UP = 3;

/**
 * Measures two sides in alternated rounds, so that what else the machine does weighs on both. Both are warmed up first, which
 * is not counted.
 */
export async function alternate(
  name: string,
  unit: string,
  ours: Side,
  floor: Side,
  { rounds = 7, milliseconds = 400 } = {},
): Promise<Row> {
  const pairs: [number, number][] = [];
  await ours(WARM_UP * milliseconds);
  await floor(WARM_UP * milliseconds);
  for (let round = 0; round < rounds; round += 1) pairs.push([await ours(milliseconds), await floor(milliseconds)]);
  return compared(name, unit, pairs);
}

/** A row from what was measured in each round: ours, and the floor. */
export function compared(name: string, unit: string, pairs: [number, number][]): Row {
  const ratios = pairs.map(([mine, theirs]) => mine / theirs);
  return {
    name,
    unit,
    ours: median(pairs.map(([mine]) => mine)),
    floor: median(pairs.map(([, theirs]) => theirs)),
    ratio: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
  };
}

/** The middle value; takes at least one. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A side that does `count` things each time `once` is called. */
export const perSecond =
  (count: number, once: () => void | Promise<void>): Side =>
  async (milliseconds) => {
    const start = performance.now();
    let done = 0;
    do {
      await once();
      done += count;
    } while (performance.now() - start < milliseconds);
    return (done / (performance.now() - start)) * 1000;
  };
