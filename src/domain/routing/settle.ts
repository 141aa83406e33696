import type { Partner } from '../territory/territory.js';
import { associate } from './associate.js';
import type { CompiledRuleset, Prepared } from './compileRuleset.js';
import type { SeenCondition } from './conditions.js';
import type { Outcome, RuleTrace } from './decision.js';
import { afterDecision, type Seen } from './facts.js';
import type { Doubt, Gate } from './rule.js';
import { type Choice, choose, gavePointsTo, type Ranked, rank, type Tried, traceRules, tryRules } from './weighMain.js';

/** All that was settled about a project, before it is put into words. */
export interface Settled {
  outcome: Outcome;
  main: Partner | null;
  associated: Partner[];
  confidence: number;
  /** The gate that held, or null. */
  gate: Prepared<Gate> | null;
  ranked: Ranked[];
  tries: Tried[];
  choice: Choice;
  /** The doubts that hold, and how many answers the chosen desk rests on without knowing them. */
  doubts: Prepared<Doubt>[];
  presumed: number;
  associatedTries: Tried[];
}

const NO_CHOICE: Choice = { main: null, lead: null, tieBreak: null };

/**
 * The decision itself, told or not: the only place where it is made. `trace`, when given, gets every row that was tried,
 * with what each condition saw; without it, what serves only to explain is not worked out. See routeProject.
 */
export function settle(seen: Seen, compiled: CompiledRuleset, trace: RuleTrace[] | null): Settled {
  const settled = settleMain(seen, compiled, trace);
  const { outcome, main } = settled;
  if (outcome === 'routed' || outcome === 'out_of_territory') {
    const after = afterDecision(seen, outcome, main, null);
    const found = associate(main, after, compiled, trace);
    settled.associated = found.partners;
    settled.associatedTries = found.tries;
  }
  return settled;
}

/** The outcome and the main partner, without those who may help beside. */
export function settleMain(seen: Seen, compiled: CompiledRuleset, trace: RuleTrace[] | null): Settled {
  const held = tryGates(seen, compiled.gates, trace);
  const settled: Settled = {
    outcome: held.gate?.row.outcome ?? 'triage',
    main: null,
    associated: [],
    confidence: 0,
    gate: held.gate,
    ranked: [],
    tries: [],
    choice: NO_CHOICE,
    doubts: [],
    presumed: 0,
    associatedTries: [],
  };
  // Rules for partners are not tried on what no partner will receive; in triage, their points help the person who chooses.
  if (held.gate === null || (held.gate.row.outcome === 'triage' && trace !== null)) {
    settled.tries = tryRules(compiled.main, compiled.planMain(seen), seen, trace !== null);
    if (trace !== null) traceRules(settled.tries, trace);
    settled.ranked = rank(settled.tries, compiled.places);
  }
  if (held.gate === null) weigh(settled, seen, compiled, trace);
  else if (settled.outcome !== 'triage')
    settled.confidence = Math.max(0, 1 - held.presumed * compiled.ruleset.settings.presumedPenalty);
  return settled;
}

/** Chooses the main partner, unless a person should: nothing to choose from, a tie, or too many doubts. */
function weigh(settled: Settled, seen: Seen, compiled: CompiledRuleset, trace: RuleTrace[] | null): void {
  const { settings } = compiled.ruleset;
  settled.choice = choose(settled.ranked, settings.tieMargin, seen);
  const best = settled.choice.main?.partner;
  if (best === undefined) return;
  const after = afterDecision(seen, 'routed', best, settled.choice.lead);
  let penalty = 0;
  for (const prepared of compiled.doubts) {
    // Few hold: what they saw is told only then.
    if (prepared.try(after, null).verdict !== 'true') continue;
    settled.doubts.push(prepared);
    penalty += prepared.row.penalty;
    if (trace === null) continue;
    const conditions: SeenCondition[] = [];
    prepared.try(after, conditions);
    trace.push(traceOf(prepared.row, 'true', conditions, best.id));
  }
  for (const tried of settled.tries) {
    if (gavePointsTo(tried, best)) settled.presumed = Math.max(settled.presumed, tried.judgement.presumed);
  }
  penalty += settled.presumed * settings.presumedPenalty;
  settled.confidence = Math.max(0, Math.round((1 - penalty) * 100) / 100);
  if (settled.confidence < settings.triageBelow) return;
  settled.outcome = 'routed';
  settled.main = best;
}

function tryGates(
  seen: Seen,
  gates: Prepared<Gate>[],
  trace: RuleTrace[] | null,
): { gate: Prepared<Gate> | null; presumed: number } {
  for (const gate of gates) {
    const conditions: SeenCondition[] | null = trace === null ? null : [];
    const { verdict, presumed } = gate.try(seen, conditions);
    if (trace !== null && conditions !== null) trace.push(traceOf(gate.row, verdict, conditions, null));
    if (verdict === 'true') return { gate, presumed };
  }
  return { gate: null, presumed: 0 };
}

const traceOf = (
  { id, label }: Gate | Doubt,
  verdict: RuleTrace['verdict'],
  conditions: SeenCondition[],
  partner: string | null,
): RuleTrace => ({ rule: id, label, verdict, conditions, partner, role: 'main', points: 0 });
