export type { HolderKind, RoutingFacts } from '../questionnaire/facts.js';

export type Outcome = 'routed' | 'triage' | 'out_of_territory' | 'rejected';

/** The words of the governance documents for each outcome (also those of cases.json). */
export const OUTCOME_WORDS: Record<Outcome, string> = {
  routed: 'orientation',
  triage: 'a-qualifier',
  out_of_territory: 'hors-perimetre',
  rejected: 'rejet',
};

export type Verdict = 'true' | 'false' | 'unknown';

export interface RuleTrace {
  rule: string;
  label: string;
  verdict: Verdict;
  /** Each condition with the value that it saw, in French. */
  conditions: { text: string; saw: string; verdict: Verdict }[];
  partner: string | null;
  role: 'main' | 'associated';
  points: number;
}

/** Who gets the project, why, and why not the others. Stored whole with the project. */
export interface RoutingDecision {
  outcome: Outcome;
  /** Partner id; null unless routed. */
  main: string | null;
  /** Partner ids, best first. For out_of_territory: who may help instead. */
  associated: string[];
  /** From 0 (a guess) to 1 (every rule agrees and nothing is missing). */
  confidence: number;
  /** French sentences, the first one for the holder's receipt. */
  reasons: string[];
  /** Other desks that were considered: id, points, and a French sentence saying why not. */
  others: { partner: string; points: number; why: string }[];
  trace: RuleTrace[];
  tieBreak: string | null;
  rulesetVersion: string;
}

/** Name in the trace of what is not a rule: a person reads the project before any partner (referrals/holdBack.ts). */
export const HELD_BACK = 'held-back';

/** Did the rules choose a partner, and a person is to read the project first all the same? */
export const isHeldBack = ({ trace }: Pick<RoutingDecision, 'trace'>): boolean =>
  trace.some(({ rule }) => rule === HELD_BACK);

/** What the rules gave a partner for the main place. */
export const pointsOf = (partner: string, { trace }: Pick<RoutingDecision, 'trace'>): number =>
  trace.reduce((sum, row) => (row.partner === partner && row.role === 'main' ? sum + row.points : sum), 0);
