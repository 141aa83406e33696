import type { Territory } from '../territory/territory.js';
import { sayBeside } from './associate.js';
import { type CompiledRuleset, compileRuleset } from './compileRuleset.js';
import type { Outcome, RoutingDecision, RoutingFacts, RuleTrace } from './decision.js';
import type { Seen } from './facts.js';
import type { Ruleset } from './rule.js';
import { type Settled, settle } from './settle.js';
import { gavePointsTo } from './weighMain.js';
import { whyNotOthers } from './whyNot.js';
import { typeset } from './wording.js';

/**
 * Decides who receives a project, says why, and why not the others. Pure, deterministic and total: any answers have a
 * decision, and a reason.
 * 1. Gates: the first that holds settles the outcome (set aside, out of the territory, a person decides).
 * 2. Rules of role `main` give points to desks; the most points win; a tie that nothing breaks goes to a person.
 * 3. Doubts and presumed answers take off the confidence; under the ruleset's threshold, a person decides.
 * 4. Rules of role `associated` name who else may help.
 * Source of the rules: the ruleset; of the three values: design, decision 6. The ruleset is prepared once for as long as
 * the same object is given (compileRuleset): never change one in place.
 */
export function routeProject(facts: RoutingFacts, ruleset: Ruleset, territory: Territory): RoutingDecision {
  const compiled = compileRuleset(ruleset, territory);
  const seen = compiled.read(facts);
  const trace: RuleTrace[] = [];
  const settled = settle(seen, compiled, trace);
  const { outcome, main } = settled;
  const isForPartners = outcome === 'routed' || outcome === 'triage';
  return {
    trace,
    rulesetVersion: ruleset.version,
    tieBreak: settled.choice.tieBreak,
    outcome,
    main: main?.id ?? null,
    associated: settled.associated.map(({ id }) => id),
    confidence: settled.confidence,
    reasons: [
      ...reasonsOf(settled, seen),
      ...settled.associated.map((partner) => sayBeside(partner, settled.associatedTries, seen)),
    ],
    others: isForPartners ? whyNotOthers(compiled.desks, main, settled.ranked, settled.tries, seen) : [],
  };
}

/** What routing decides, without a word of why. */
export interface BareDecision {
  outcome: Outcome;
  main: string | null;
  associated: string[];
  confidence: number;
}

/** The same decision as routeProject's, untold, several times faster: for replays and analyses of many projects. */
export function routeQuietly(facts: RoutingFacts, compiled: CompiledRuleset): BareDecision {
  const { outcome, main, associated, confidence } = settle(compiled.read(facts), compiled, null);
  return { outcome, main: main?.id ?? null, associated: associated.map(({ id }) => id), confidence };
}

function reasonsOf(settled: Settled, seen: Seen): string[] {
  const { gate, main, tries, choice, presumed } = settled;
  if (gate !== null) return [gate.sentence(seen, null)];
  const best = choice.main?.partner ?? null;
  const doubts = settled.doubts.map((one) => one.sentence(seen, best));
  if (presumed > 0) doubts.push(typeset('Une réponse manque : nous l’avons supposée, à vérifier avec vous.'));
  if (main === null) return triageReasons(settled, doubts);
  // Why this partner: the sentences of the rules that gave it points, the heaviest first.
  const gave = tries.filter((tried) => gavePointsTo(tried, main));
  gave.sort((a, b) => b.prepared.rule.weight - a.prepared.rule.weight);
  return [...gave.map(({ prepared }) => prepared.sentence(seen, main)), ...doubts];
}

function triageReasons({ choice }: Settled, doubts: string[]): string[] {
  if (choice.main !== null) return [UNSURE, ...doubts];
  return choice.tieBreak === null ? [NO_RULE] : [SEVERAL, choice.tieBreak];
}

const NO_RULE = typeset('Aucune règle ne permet de choisir un partenaire : une personne va lire votre projet.');
const UNSURE = typeset(
  'Il nous manque des réponses pour choisir le bon partenaire : une personne va les chercher avec vous.',
);
const SEVERAL = typeset(
  'Plusieurs partenaires pourraient vous aider : une personne va choisir avec vous le plus utile.',
);
