import type { DeclineReason } from '../referrals/lifecycle.js';
import { hoursOpen, type ProjectFacts } from './facts.js';
import { type Kpi, type KpiId, kpi } from './kpis.js';
import { MEASURE_IDS, MEASURES, type MeasureId } from './measures.js';

/** Whole opening hours of projects, each with how many projects have it: exact middles, without the projects. */
export const SPREADS = {
  hoursToTake: ({ hoursToTake }) => hoursToTake,
  hoursOpen: (row, asOf) => hoursOpen(row, asOf),
} as const satisfies Record<string, (row: ProjectFacts, asOf: Date) => number | null>;
export type SpreadId = keyof typeof SPREADS;

/** What has become of what a rule sent. */
export interface RuleTally {
  sent: number;
  overridden: number;
  rerouted: number;
  declined: number;
}

/**
 * What is counted of a set of projects: all that the figures need, and nothing of one project. Sets that share no project add
 * up (`addTallies`). Counts that are 0 are left out.
 */
export interface Tally {
  counts: Partial<Record<MeasureId, number>>;
  spreads: Record<SpreadId, Record<string, number>>;
  /** Refusals by reason: a project may have several. */
  reasons: Partial<Record<DeclineReason, number>>;
  /** By rule (its id). */
  rules: Record<string, RuleTally>;
  /** From need by partner to what became of it: "need|partner|outcome or state", empty where there is none. */
  flows: Record<string, number>;
  /** Needs by EPCI: "need|epci", empty where there is none. */
  places: Record<string, number>;
}

/** A figure with its two terms; null: unknown. */
export interface Figure {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
}

export const emptyTally = (): Tally => ({
  counts: {},
  spreads: { hoursToTake: {}, hoursOpen: {} },
  reasons: {},
  rules: {},
  flows: {},
  places: {},
});

const bump = (counts: Record<string, number>, key: string, by = 1): void => {
  counts[key] = (counts[key] ?? 0) + by;
};

/** Counts one project into a tally, in place. */
export const count = (tally: Tally, row: ProjectFacts, asOf: Date): void => {
  for (const id of MEASURE_IDS) if (MEASURES[id](row, asOf)) bump(tally.counts, id);
  for (const id of Object.keys(SPREADS) as SpreadId[]) {
    const hours = SPREADS[id](row, asOf);
    if (hours !== null) bump(tally.spreads[id], String(hours));
  }
  for (const reason of row.declineReasons) bump(tally.reasons, reason);
  bump(tally.flows, [row.mainNeed ?? '', row.currentPartner ?? '', row.outcome ?? row.state].join('|'));
  bump(tally.places, [row.mainNeed ?? '', row.epci ?? ''].join('|'));
  if (row.rule !== null) countRule(tally, row.rule, row);
};

const countRule = ({ rules }: Tally, rule: string, row: ProjectFacts): void => {
  const own = rules[rule] ?? { sent: 0, overridden: 0, rerouted: 0, declined: 0 };
  rules[rule] = {
    sent: own.sent + 1,
    overridden: own.overridden + Number(row.isOverridden),
    rerouted: own.rerouted + Number(row.reroutedBy.length > 0),
    declined: own.declined + Number(row.declinedBy.length > 0),
  };
};

/** The tally of a set of projects, counted one by one. */
export const tallyOf = (rows: ProjectFacts[], asOf: Date): Tally => {
  const tally = emptyTally();
  for (const row of rows) count(tally, row, asOf);
  return tally;
};

const addCounts = (into: Record<string, number>, from: Record<string, number>): void => {
  for (const [key, value] of Object.entries(from)) bump(into, key, value);
};

/** Adds a tally to another, in place. */
export const addInto = (sum: Tally, { counts, spreads, reasons, rules, flows, places }: Tally): void => {
  addCounts(sum.counts, counts as Record<string, number>);
  for (const id of Object.keys(SPREADS) as SpreadId[]) addCounts(sum.spreads[id], spreads[id]);
  addCounts(sum.reasons, reasons as Record<string, number>);
  addCounts(sum.flows, flows);
  addCounts(sum.places, places);
  for (const [rule, own] of Object.entries(rules)) {
    const into: RuleTally = sum.rules[rule] ?? { sent: 0, overridden: 0, rerouted: 0, declined: 0 };
    addCounts(into as unknown as Record<string, number>, own as unknown as Record<string, number>);
    sum.rules[rule] = into;
  }
};

/** The tally of several sets that share no project. */
export const addTallies = (tallies: Tally[]): Tally => {
  const sum = emptyTally();
  for (const tally of tallies) addInto(sum, tally);
  return sum;
};

/** The tally as it stands so many opening hours later, when nothing happened meanwhile: what is open waited longer. */
export const laterBy = (tally: Tally, hours: number): Tally => {
  const hoursOpen = Object.entries(tally.spreads.hoursOpen).map(([waited, projects]) => [
    String(Number(waited) + hours),
    projects,
  ]);
  return { ...tally, spreads: { ...tally.spreads, hoursOpen: Object.fromEntries(hoursOpen) } };
};

/**
 * The value at a place of a spread: at 0.5 the middle one, between the two middle ones when there are as many below as above;
 * elsewhere the smallest value that at least this share of the projects does not exceed (nearest rank). Null of nothing.
 */
export const placeIn = (spread: Record<string, number>, at: number): number | null => {
  const steps = Object.entries(spread)
    .map(([hours, projects]) => ({ hours: Number(hours), projects }))
    .sort((a, b) => a.hours - b.hours);
  const total = steps.reduce((sum, { projects }) => sum + projects, 0);
  const ranked = (rank: number): number | null => {
    let seen = 0;
    for (const { hours, projects } of steps) {
      seen += projects;
      if (seen >= rank) return hours;
    }
    return null;
  };
  if (at !== 0.5 || total % 2 === 1) return ranked(Math.max(1, Math.ceil(total * at)));
  const [lower, upper] = [ranked(total / 2), ranked(total / 2 + 1)];
  return lower === null || upper === null ? null : (lower + upper) / 2;
};

const figure = ({ of, over }: Kpi, { counts, spreads }: Tally): Figure => {
  if (typeof of === 'object') {
    const spread = spreads[of.spread];
    const denominator = Object.values(spread).reduce((sum, projects) => sum + projects, 0);
    return { value: placeIn(spread, of.at), numerator: null, denominator };
  }
  const numerator = counts[of] ?? 0;
  const denominator = counts[over ?? 'submitted'] ?? 0;
  if (!over) return { value: numerator, numerator, denominator };
  return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator };
};

/** A figure of a set of projects, from its tally. */
export const figureOf = (id: KpiId, tally: Tally): Figure => figure(kpi(id), tally);
