import type { Partner, Territory } from '../territory/territory.js';
import { pointsOf, type RoutingDecision, type Verdict } from './decision.js';
import type { WouldChange } from './whatWouldChange.js';

/** For the holder: why, in one to three sentences, and who else may help. */
export interface HolderExplanation {
  why: string[];
  /** The partner who will call; null when a person decides, or when nobody of the territory can help. */
  partner: { id: string; name: string } | null;
  alsoHelp: { id: string; name: string; why: string }[];
}

/** For an advisor: everything that the decision rests on. */
export interface AdvisorExplanation {
  reasons: string[];
  confidence: { percent: number; words: string };
  tieBreak: string | null;
  /** The rules that held, heaviest first, with what each saw. */
  rules: ExplainedRule[];
  /** The rules that hang on a missing answer: an answer to ask for. */
  waiting: ExplainedRule[];
  points: { partner: string; name: string; points: number; chosen: boolean }[];
  others: { partner: string; name: string; points: number; why: string }[];
  /** The smallest changes of answers that would have changed the orientation, when they were worked out. */
  wouldChange: string[];
  rulesetVersion: string;
}

export interface ExplainedRule {
  label: string;
  role: string;
  partners: string[];
  points: number;
  conditions: { text: string; saw: string; verdict: string }[];
}

const VERDICTS: Record<Verdict, string> = { true: 'oui', false: 'non', unknown: 'on ne sait pas' };
const ROLES = { main: 'réponse principale', associated: 'partenaire associé' };

/** Why this partner, and who else may help. Takes a stored decision; a partner that has left the directory keeps its id as name. */
export function explainForHolder(decision: RoutingDecision, territory: Territory): HolderExplanation {
  const count = decision.associated.length;
  const own = decision.reasons.slice(0, decision.reasons.length - count);
  const beside = decision.reasons.slice(decision.reasons.length - count);
  return {
    why: own.slice(0, 3),
    partner: decision.main === null ? null : { id: decision.main, name: nameOf(decision.main, territory) },
    alsoHelp: decision.associated.map((id, i) => ({ id, name: nameOf(id, territory), why: beside[i] ?? '' })),
  };
}

/**
 * The whole reasoning, as plain data: no HTML, nothing left out but the rules that simply do not apply. `changes`: what
 * whatWouldChange gives for the same answers, which a decision does not keep.
 */
export function explainForAdvisor(
  decision: RoutingDecision,
  territory: Territory,
  changes: WouldChange[] = [],
): AdvisorExplanation {
  const rules = groupRules(decision, territory);
  const rows = [...decision.others];
  const points = rows
    .filter((row) => row.points > 0)
    .map((row) => pointsRow(row.partner, row.points, false, territory));
  if (decision.main !== null) {
    points.unshift(pointsRow(decision.main, pointsOf(decision.main, decision), true, territory));
  }
  return {
    reasons: decision.reasons,
    confidence: { percent: Math.round(decision.confidence * 100), words: confidenceInWords(decision) },
    tieBreak: decision.tieBreak,
    rules: rules.filter((rule) => rule.verdict === 'true').sort((a, b) => b.points - a.points),
    waiting: rules.filter((rule) => rule.verdict === 'unknown'),
    points,
    others: rows.map((row) => ({ ...row, name: nameOf(row.partner, territory) })),
    wouldChange: changes.map(({ text }) => text),
    rulesetVersion: decision.rulesetVersion,
  };
}

/** The confidence as people say it; for decisions that nobody of the territory follows, what was decided. */
export function confidenceInWords({ outcome, confidence }: Pick<RoutingDecision, 'outcome' | 'confidence'>): string {
  if (outcome === 'triage') return 'Une personne doit choisir';
  if (confidence >= 0.85) return 'Orientation sûre';
  if (confidence >= 0.65) return 'Orientation probable';
  return 'Orientation à vérifier avec le porteur de projet';
}

function groupRules(decision: RoutingDecision, territory: Territory): (ExplainedRule & { verdict: Verdict })[] {
  const byRule = new Map<string, ExplainedRule & { verdict: Verdict }>();
  for (const row of decision.trace) {
    const known = byRule.get(row.rule);
    const partner = row.partner === null ? [] : [nameOf(row.partner, territory)];
    if (known) known.partners.push(...partner);
    else
      byRule.set(row.rule, {
        label: row.label,
        role: ROLES[row.role],
        partners: partner,
        points: row.points,
        conditions: row.conditions.map((one) => ({ ...one, verdict: VERDICTS[one.verdict] })),
        verdict: row.verdict,
      });
  }
  return [...byRule.values()];
}

const pointsRow = (partner: string, points: number, chosen: boolean, territory: Territory) => ({
  partner,
  name: nameOf(partner, territory),
  points,
  chosen,
});

const nameOf = (id: Partner['id'], territory: Territory): string => territory.partner(id)?.name ?? id;
