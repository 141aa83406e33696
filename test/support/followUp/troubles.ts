import type { Moment } from './parisTime.js';
import type { Promised } from './promised.js';
import type { Plan } from './stories.js';

/** When the worker is killed, with how many e-mails owed at that stop; when Redis goes away, and how it comes back. */
export interface Troubles {
  kills: Map<Moment, number>;
  outages: Map<Moment, { empty: boolean }>;
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const someOf = <One>(all: One[], count: number, random: () => number): One[] =>
  all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ one }) => one);

interface Wanted {
  plan: Plan;
  promised: Promised[];
  kills: number;
  outages: number;
}

/**
 * Kills at stops drawn among the busiest, with three times as many to draw from; outages at stops at which projects are sent, the last
 * one for good.
 */
export const troublesOf = ({ plan, promised, kills, outages }: Wanted, random: () => number): Troubles => {
  const load = new Map<Moment, number>();
  for (const { at } of promised) load.set(at, (load.get(at) ?? 0) + 1);
  const busiest = [...load].sort(([, a], [, b]) => b - a).slice(0, kills * 3);
  const arrivals = [...new Set(plan.stories.map(({ sent }) => sent))];
  const away = someOf(arrivals, outages, random).sort();
  return {
    kills: new Map(someOf(busiest, kills, random)),
    outages: new Map(away.map((moment, i) => [moment, { empty: i === away.length - 1 }])),
  };
};
