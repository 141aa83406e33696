/** Draws that are the same every time for the same seed: the demonstration is made up, not random. */
export interface Chance {
  /** From 0 up to 1, 1 left out. */
  draw(): number;
  /** True with this probability. */
  happens(probability: number): boolean;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** Picks by weight. */
  pickWeighted<T extends { weight: number }>(rows: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
  /** A delay around this median: mostly near, sometimes much longer, as delays between people are. */
  around(median: number, spread: number): number;
}

/** FNV-1a, 32 bits. */
const numberOf = (seed: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};

/** Mulberry32: small, fast, good enough to make things up. */
const sequence = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Which of these weights a share of their sum (from 0 up to 1) falls on. */
export const placeIn = (weights: number[], share: number): number => {
  let left = share * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [place, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return place;
  }
  return weights.length - 1;
};

/** The draws of this seed, always in the same order. */
export const chanceOf = (seed: string): Chance => {
  const draw = sequence(numberOf(seed));
  const between = (least: number, most: number): number => least + Math.floor(draw() * (most - least + 1));
  const pick = <T>(list: readonly T[]): T => list[between(0, list.length - 1)] as T;

  return {
    draw,
    between,
    pick,
    happens: (probability) => draw() < probability,
    pickWeighted: <T extends { weight: number }>(rows: readonly T[]) => {
      const weights = rows.map(({ weight }) => weight);
      return rows[placeIn(weights, draw())] as T;
    },
    shuffle: (list) =>
      list
        .map((item) => ({ item, rank: draw() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item),
    around: (median, spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
      return median * Math.exp(spread * normal);
    },
  };
};
