import type { RoutingFacts } from '../../src/domain/routing/decision.js';
import { startReplay } from '../../src/domain/routing/replay.js';
import { NEED_IDS } from '../../src/domain/territory/needs.js';
import { STAGE_IDS } from '../../src/domain/territory/stages.js';
import { DEFAULT_RULESET } from '../support/defaultRules.js';
import { alternate, type Benchmark, type Row } from './benchmark.js';
import { territory } from './routing/cases.js';

/** The rate that a replay must keep, in projects a second. */
const WANTED = 20_000;
const PROJECTS = 100_000;
/** What memory may grow by from the 10 000th project to the last, in megabytes; a leak of 100 bytes a project shows. */
const ALLOWED = 8;

/**
 * Replays 100 000 made-up projects on the default rules and on a draft, round after round. Throws when a round is slower
 * than wanted on the whole, or when memory grows with the projects. Reading them from the store is not counted.
 */
export const benchmark: Benchmark = async () => {
  const draft = structuredClone(DEFAULT_RULESET);
  draft.rules = draft.rules.filter(({ id }) => id !== 'eau-metropole');
  let grown = 0;
  const ours = async (): Promise<number> => {
    const replay = startReplay(DEFAULT_RULESET, draft, territory);
    let used = 0;
    let spent = 0;
    for (let batch = 0; batch < PROJECTS / 1000; batch += 1) {
      const projects = Array.from({ length: 1000 }, (_, i) => projectOf(batch * 1000 + i));
      const start = performance.now();
      for (const one of projects) replay.add(one);
      spent += performance.now() - start;
      if (batch === 10) used = memory();
    }
    grown = Math.max(grown, memory() - used);
    const { total, moved } = replay.report();
    if (total !== PROJECTS || moved === 0) throw new Error(`${total} projects replayed, ${moved} moved`);
    return (PROJECTS / spent) * 1000;
  };
  const wanted = async (): Promise<number> => WANTED;
  const speed = await alternate('replay of 100 000 projects, two rulesets', 'projects/s', ours, wanted, { rounds: 5 });
  if (grown > ALLOWED) throw new Error(`memory grew by ${grown.toFixed(1)} MB`);
  if (speed.ratio < 1) throw new Error(`${Math.round(speed.ours)} projects a second`);
  const ratio = ALLOWED / Math.max(grown, 0.1);
  const growth: Row = {
    name: 'memory grown, most',
    unit: 'MB',
    ours: grown,
    floor: ALLOWED,
    ratio,
    low: ratio,
    high: ratio,
  };
  return [speed, growth];
};

/** Megabytes in use once garbage is collected. */
function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const COMMUNES = territory.communes.map(({ code }) => code);
const INSIDE = COMMUNES.filter((code) => territory.commune(code)?.epci);
const SECTORS = ['forge', 'restauration', 'logiciel', 'agroalimentaire, lait', 'commerce de détail', null];
const HOLDERS = ['student', 'researcher', 'company', 'association', 'future-founder', null] as const;

/** One made-up project after the other, always the same; most in the perimeter, sectors of every wording. */
function projectOf(number: number): { id: string; facts: RoutingFacts; stored: null; chosen: string | null } {
  const pick = <Value>(values: readonly Value[], salt: number): Value =>
    values[(Math.imul(number + salt, 2_654_435_761) >>> 8) % values.length]!;
  const sector = pick(SECTORS, 1);
  const facts: RoutingFacts = {
    needs: number % 50 === 0 ? [] : [...new Set([pick(NEED_IDS, 2), pick(NEED_IDS, 3), pick(NEED_IDS, 4)])],
    stage: pick(STAGE_IDS, 5),
    commune: number % 10 === 0 ? pick(COMMUNES, 6) : pick(INSIDE, 7),
    holderKind: pick(HOLDERS, 8),
    sector: number % 20 === 0 ? `${sector} ${number}` : sector,
    headcount: number % 300,
    title: `Projet ${number}`,
    summary: 'Nous voulons développer notre activité et cherchons un appui.',
  };
  return { id: String(number), facts, stored: null, chosen: number % 3 === 0 ? 'cci-puy-de-dome' : null };
}
