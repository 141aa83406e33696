import type { Territory } from '../territory/territory.js';
import { compileRuleset } from './compileRuleset.js';
import type { Outcome, RoutingFacts } from './decision.js';
import type { Ruleset } from './rule.js';
import { type Settled, settleMain } from './settle.js';

/** A past project, as a replay reads it. */
export interface ReplayedProject {
  id: string;
  facts: RoutingFacts;
  /** Where its stored decision sent it: a partner's id, or null when to nobody. */
  stored: string | null;
  /** The partner where a person finally sent it, or confirmed it; null when no person decided: not compared. */
  chosen: string | null;
}

/** Where a project goes: the id of a partner, or an outcome without any. */
export type Destination = string | Exclude<Outcome, 'routed'>;

export interface MovedProject {
  id: string;
  from: Destination;
  to: Destination;
  chosen: string | null;
}

/** What a ruleset would have done, beside another, on the projects added so far. Plain data that survives JSON. */
export interface ReplayReport {
  total: number;
  moved: number;
  /** How many the earlier ruleset sends elsewhere than their stored decision did: rules or directory changed since. */
  unlikeStored: number;
  /** Every pair that occurs, the same place included, most projects first. */
  matrix: { from: Destination; to: Destination; count: number }[];
  loadBefore: Record<Destination, number>;
  loadAfter: Record<Destination, number>;
  /** Among the projects where a person decided: how many each ruleset sends where that person did. */
  agreement: { compared: number; before: number; after: number };
  /** The first projects that move, at most `cap`. */
  sample: MovedProject[];
}

export interface Replay {
  /** Adds one project; gives where it moves, or null when it stays. */
  add(project: ReplayedProject): MovedProject | null;
  /** What is known so far; may be asked for at any time. */
  report(): ReplayReport;
}

/**
 * Compares two rulesets project after project. Pure but for what it counts: memory grows with the partners, never with
 * the projects; beyond `cap` (200), moved projects are only counted: keep what `add` gives to have them all.
 */
export function startReplay(before: Ruleset, after: Ruleset, territory: Territory, { cap = 200 } = {}): Replay {
  const [old, fresh] = [compileRuleset(before, territory), compileRuleset(after, territory)];
  const matrix = new Map<Destination, Map<Destination, number>>();
  const agreement = { compared: 0, before: 0, after: 0 };
  const sample: MovedProject[] = [];
  const counts = { total: 0, moved: 0, unlikeStored: 0 };
  return {
    add({ id, facts, stored, chosen }) {
      const seen = old.read(facts);
      const was = settleMain(seen, old, null);
      const from = destinationOf(was);
      const to = destinationOf(settleMain(seen, fresh, null));
      const row = matrix.get(from) ?? new Map<Destination, number>();
      matrix.set(from, row.set(to, (row.get(to) ?? 0) + 1));
      counts.total += 1;
      if ((was.main?.id ?? null) !== stored) counts.unlikeStored += 1;
      if (chosen !== null) {
        agreement.compared += 1;
        if (from === chosen) agreement.before += 1;
        if (to === chosen) agreement.after += 1;
      }
      if (from === to) return null;
      counts.moved += 1;
      const moved = { id, from, to, chosen };
      if (sample.length < cap) sample.push(moved);
      return moved;
    },
    report: () => ({ ...counts, ...loadsOf(matrix), agreement: { ...agreement }, sample: [...sample] }),
  };
}

const destinationOf = ({ main, outcome }: Settled): Destination => main?.id ?? outcome;

function loadsOf(
  counted: Map<Destination, Map<Destination, number>>,
): Pick<ReplayReport, 'matrix' | 'loadBefore' | 'loadAfter'> {
  const matrix = [...counted].flatMap(([from, row]) => [...row].map(([to, count]) => ({ from, to, count })));
  const loadBefore: Record<Destination, number> = {};
  const loadAfter: Record<Destination, number> = {};
  for (const { from, to, count } of matrix) {
    loadBefore[from] = (loadBefore[from] ?? 0) + count;
    loadAfter[to] = (loadAfter[to] ?? 0) + count;
  }
  matrix.sort((a, b) => b.count - a.count || compare(a.from, b.from) || compare(a.to, b.to));
  return { matrix, loadBefore, loadAfter };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
