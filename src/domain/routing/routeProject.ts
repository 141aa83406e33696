import type { Partner, Territory } from '../territory/territory.js';
import { associate } from './associate.js';
import { evaluate } from './conditions.js';
import type { Outcome, RoutingDecision, RoutingFacts, RuleTrace } from './decision.js';
import { afterDecision, readFacts, type Seen } from './facts.js';
import type { Doubt, Gate, Ruleset } from './rule.js';
import { type Choice, choose, type Ranked, rank, type Tried, tracesOf, tryRule } from './weighMain.js';
import { whyNotOthers } from './whyNot.js';
import { fillSentence, typeset } from './wording.js';

/**
 * Decides who receives a project, says why, and why not the others. Pure, deterministic and total: any answers have a
 * decision, and a reason.
 * 1. Gates: the first that holds settles the outcome (set aside, out of the territory, a person decides).
 * 2. Rules of role `main` give points to desks; the most points win; a tie that nothing breaks goes to a person.
 * 3. Doubts and presumed answers take off the confidence; under the ruleset's threshold, a person decides.
 * 4. Rules of role `associated` name who else may help.
 * Source of the rules: the ruleset; of the three values: design, decision 6.
 */
export function routeProject(facts: RoutingFacts, ruleset: Ruleset, territory: Territory): RoutingDecision {
  const seen = readFacts(facts, territory);
  const gates = tryGates(ruleset.gates, seen);
  // Rules for partners are not tried on what no partner will receive; in triage, their points help the person who chooses.
  const isForPartners = gates.held === null || gates.held.outcome === 'triage';
  const mainRules = isForPartners ? ruleset.rules.filter((rule) => rule.role === 'main') : [];
  const tries = mainRules.map((rule) => tryRule(rule, seen));
  const ranked = rank(tries, seen);
  const trace = [...gates.trace, ...tries.flatMap(tracesOf)];
  const base = { trace, rulesetVersion: ruleset.version, tieBreak: null };
  if (gates.held) {
    const { outcome, sentence } = gates.held;
    const sure = 1 - gates.presumed * ruleset.settings.presumedPenalty;
    const confidence = outcome === 'triage' ? 0 : Math.max(0, sure);
    const others = outcome === 'triage' ? whyNotOthers(null, ranked, tries, seen) : [];
    const reasons = [fillSentence(sentence, seen, null)];
    return complete({ ...base, outcome, main: null, associated: [], confidence, reasons, others }, seen, ruleset);
  }
  return decide(choose(ranked, ruleset.settings.tieMargin, seen), ranked, tries, seen, ruleset, base);
}

type Base = Pick<RoutingDecision, 'trace' | 'rulesetVersion' | 'tieBreak'>;

function decide(
  choice: Choice,
  ranked: Ranked[],
  tries: Tried[],
  seen: Seen,
  ruleset: Ruleset,
  base: Base,
): RoutingDecision {
  const main = choice.main?.partner ?? null;
  const doubts = weighDoubts(main, choice, tries, seen, ruleset);
  const isSure = main !== null && doubts.confidence >= ruleset.settings.triageBelow;
  const reasons = isSure
    ? [...mainReasons(main, tries, seen), ...doubts.sentences]
    : triageReasons(choice, doubts.sentences);
  return complete(
    {
      ...base,
      outcome: isSure ? 'routed' : 'triage',
      main: isSure ? main.id : null,
      associated: [],
      confidence: doubts.confidence,
      reasons,
      others: whyNotOthers(isSure ? main : null, ranked, tries, seen),
      trace: [...base.trace, ...doubts.trace],
      tieBreak: choice.tieBreak,
    },
    seen,
    ruleset,
  );
}

/** Adds the associated partners, which depend on the outcome and on the main partner. */
function complete(decision: RoutingDecision, seen: Seen, ruleset: Ruleset): RoutingDecision {
  if (decision.outcome === 'rejected' || decision.outcome === 'triage') return decision;
  const main = decision.main === null ? null : (seen.territory.partner(decision.main) ?? null);
  const { partners, sentences, trace } = associate(main, afterDecision(seen, decision.outcome, main, null), ruleset);
  return {
    ...decision,
    associated: partners,
    reasons: [...decision.reasons, ...sentences],
    trace: [...decision.trace, ...trace],
  };
}

function tryGates(gates: Gate[], seen: Seen): { held: Gate | null; presumed: number; trace: RuleTrace[] } {
  const trace: RuleTrace[] = [];
  for (const gate of gates) {
    const { verdict, conditions, presumed } = evaluate(gate.when, seen);
    trace.push({ rule: gate.id, label: gate.label, verdict, conditions, partner: null, role: 'main', points: 0 });
    if (verdict === 'true') return { held: gate, presumed, trace };
  }
  return { held: null, presumed: 0, trace };
}

/** Why this partner: the sentences of the rules that gave it points, the heaviest first. */
function mainReasons(main: Partner, tries: Tried[], seen: Seen): string[] {
  return tries
    .filter(({ trace, partners }) => trace.verdict === 'true' && partners.includes(main))
    .sort((a, b) => b.rule.weight - a.rule.weight)
    .map(({ rule }) => fillSentence(rule.sentence, seen, main));
}

function triageReasons(choice: Choice, doubts: string[]): string[] {
  const first = typeset(
    'Plusieurs partenaires pourraient vous aider : une personne va choisir avec vous le plus utile.',
  );
  if (choice.main === null && choice.tieBreak === null) {
    return [typeset('Aucune règle ne permet de choisir un partenaire : une personne va lire votre projet.')];
  }
  return [first, ...(choice.tieBreak === null ? doubts : [choice.tieBreak])];
}

interface Doubts {
  confidence: number;
  sentences: string[];
  trace: RuleTrace[];
}

/** Confidence: 1, less the penalty of each doubt that holds and of each answer presumed to choose this partner. */
function weighDoubts(main: Partner | null, choice: Choice, tries: Tried[], seen: Seen, ruleset: Ruleset): Doubts {
  if (main === null) return { confidence: 0, sentences: [], trace: [] };
  const after = afterDecision(seen, 'routed' satisfies Outcome, main, choice.lead);
  const held = ruleset.doubts
    .map((doubt) => ({ doubt, evaluation: evaluate(doubt.when, after) }))
    .filter(({ evaluation }) => evaluation.verdict === 'true');
  const presumed = Math.max(0, ...tries.filter((one) => isFor(one, main)).map((one) => one.presumed));
  const penalty = held.reduce((sum, { doubt }) => sum + doubt.penalty, 0) + presumed * ruleset.settings.presumedPenalty;
  const sentences = held.map(({ doubt }) => fillSentence(doubt.sentence, seen, main));
  if (presumed > 0) sentences.push(typeset('Une réponse manque : nous l’avons supposée, à vérifier avec vous.'));
  const trace = held.map(({ doubt, evaluation }) => traceOfDoubt(doubt, evaluation.conditions, main));
  return { confidence: Math.max(0, Math.round((1 - penalty) * 100) / 100), sentences, trace };
}

const isFor = ({ trace, partners }: Tried, main: Partner): boolean =>
  trace.verdict === 'true' && partners.includes(main);

function traceOfDoubt(doubt: Doubt, conditions: RuleTrace['conditions'], main: Partner): RuleTrace {
  return { rule: doubt.id, label: doubt.label, verdict: 'true', conditions, partner: main.id, role: 'main', points: 0 };
}
