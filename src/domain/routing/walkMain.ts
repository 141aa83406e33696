import type { Need } from '../territory/needs.js';
import type { Partner } from '../territory/territory.js';
import { type Combination, everyCombination } from './answerSpace.js';
import type { CompiledRuleset } from './compileRuleset.js';
import { afterDecision, type Seen } from './facts.js';
import type { Gate } from './rule.js';
import { type Settled, settleMain } from './settle.js';
import { choose, gavePointsTo, heaviestFor, rank, type Tried } from './weighMain.js';

/** What happened to one row over all combinations. */
export interface RowRecord {
  /** Its condition held. */
  held: boolean;
  /** It was reached: no earlier row had decided. */
  decided: boolean;
  /** It designated somebody. */
  designated: boolean;
  /** It gave points to the desk that was chosen. */
  confirmed: boolean;
}

/** Combinations that nobody receives for one cause, for one need. */
export interface Unsent {
  need: Need | null;
  gate: Gate | null;
  cause: 'gate' | 'no-rule' | 'tie' | 'low-confidence';
  count: number;
  /** Labels of the places, the perimeter's only. */
  places: Set<string>;
  examples: Seen[];
}

/** All that the walk saw. */
export interface MainWalk {
  combinations: number;
  isExact: boolean;
  rows: Map<string, RowRecord>;
  unsent: Map<string, Unsent>;
  /** Pairs of rules of two desks at equal points: their ids, whether a tie-break settled it each time, and where. */
  ties: Map<string, { rules: [string, string]; settled: boolean; examples: Seen[] }>;
  /** Desks that were chosen at least once. */
  reached: Set<Partner>;
  /** By need and place of the perimeter: how many combinations, and how many that no rule covers. */
  covered: Map<string, { need: Need; place: string; count: number; without: number }>;
}

const fresh = (): RowRecord => ({ held: false, decided: false, designated: false, confirmed: false });

/** Combinations tried between two pauses: some milliseconds. */
const AT_A_TIME = 500;

/**
 * Tries every combination that matters to the outcome and to the main partner, and keeps what analyse reports. Some seconds
 * in all: it pauses often, for whoever must let others work in between.
 */
export function* walkMain(compiled: CompiledRuleset): Generator<void, MainWalk> {
  const { combinations, isExact } = everyCombination(compiled);
  const { gates, main, doubts } = compiled;
  const ids = [
    ...gates.map(({ row }) => row.id),
    ...main.map(({ rule }) => rule.id),
    ...doubts.map(({ row }) => row.id),
  ];
  const walk: MainWalk = {
    combinations: 0,
    isExact,
    rows: new Map(ids.map((id) => [id, fresh()])),
    unsent: new Map(),
    ties: new Map(),
    reached: new Set(),
    covered: new Map(),
  };
  for (const combination of combinations) {
    walk.combinations += 1;
    if (walk.combinations % AT_A_TIME === 0) yield;
    const settled = settleMain(combination.seen, compiled, null);
    noteGates(walk, combination.seen, settled, compiled);
    if (settled.gate === null) noteRules(walk, combination, settled, compiled);
    if (settled.main !== null) walk.reached.add(settled.main);
    else noteUnsent(walk, combination, settled);
  }
  return walk;
}

function noteGates(walk: MainWalk, seen: Seen, { gate }: Settled, { gates }: CompiledRuleset): void {
  if (gate !== null) Object.assign(walk.rows.get(gate.row.id)!, { held: true, decided: true });
  if (gate === null) return;
  for (const one of gates) {
    const record = walk.rows.get(one.row.id)!;
    if (!record.held && one.try(seen, null).verdict === 'true') record.held = true;
  }
}

function noteRules(walk: MainWalk, { seen, place }: Combination, settled: Settled, compiled: CompiledRuleset): void {
  const { tries, choice, doubts } = settled;
  const best = choice.main?.partner ?? null;
  for (const tried of tries) {
    if (tried.judgement.verdict !== 'true') continue;
    const record = walk.rows.get(tried.prepared.rule.id)!;
    record.held = true;
    if (tried.partners.length > 0) record.designated = true;
    if (best !== null && gavePointsTo(tried, best)) record.confirmed = true;
    if (!record.decided && changesMain(tried, settled, seen, compiled)) record.decided = true;
  }
  for (const { row } of doubts) Object.assign(walk.rows.get(row.id)!, { held: true, decided: true });
  if (choice.tieBreak !== null) noteTie(walk, seen, settled, compiled.ruleset.settings.tieMargin);
  const need = seen.needs[0];
  if (need === undefined || !place?.profile.epci) return;
  const key = `${need} ${place.label}`;
  const covered = walk.covered.get(key) ?? { need, place: place.label, count: 0, without: 0 };
  covered.count += 1;
  if (settled.ranked.length === 0) covered.without += 1;
  walk.covered.set(key, covered);
}

/** Would somebody else be chosen without the points of this rule? */
function changesMain(without: Tried, { tries, choice }: Settled, seen: Seen, compiled: CompiledRuleset): boolean {
  if (without.partners.length === 0) return false;
  const ranked = rank(
    tries.filter((one) => one !== without),
    compiled.places,
  );
  return choose(ranked, compiled.ruleset.settings.tieMargin, seen).main?.partner !== choice.main?.partner;
}

function noteTie(walk: MainWalk, seen: Seen, { ranked, tries, choice }: Settled, tieMargin: number): void {
  const [first, second] = ranked.map(({ partner }) => heaviestFor(partner, tries)?.rule.id);
  if (first === undefined || second === undefined || tieMargin === 0) return;
  const rules: [string, string] = first < second ? [first, second] : [second, first];
  const tie = walk.ties.get(rules.join()) ?? { rules, settled: true, examples: [] };
  if (choice.main === null) tie.settled = false;
  if (tie.examples.length < 5) tie.examples.push(seen);
  walk.ties.set(rules.join(), tie);
}

function noteUnsent(walk: MainWalk, { seen, place }: Combination, { gate, ranked, choice, outcome }: Settled): void {
  if (outcome !== 'triage') return;
  const need = seen.needs[0] ?? null;
  const cause =
    gate !== null ? 'gate' : ranked.length === 0 ? 'no-rule' : choice.main === null ? 'tie' : 'low-confidence';
  const key = `${cause} ${gate?.row.id ?? ''} ${cause === 'gate' ? '' : need}`;
  const unsent = walk.unsent.get(key) ?? {
    need,
    gate: gate?.row ?? null,
    cause,
    count: 0,
    places: new Set<string>(),
    examples: [],
  };
  unsent.count += 1;
  if (place?.profile.epci) unsent.places.add(place.label);
  if (unsent.examples.length < 5) unsent.examples.push(afterDecision(seen, outcome, null, null));
  walk.unsent.set(key, unsent);
}
