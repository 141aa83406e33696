import { HELD_BACK, pointsOf, type RoutingDecision, type RuleTrace } from '../routing/decision.js';
import { FLAGS, holdsBack } from './flags.js';
import type { Flag } from './referral.js';

/** For the holder, who may well be a person: true, and no reproach. */
const READ_FIRST = 'Une personne lit d’abord votre projet, puis choisit avec vous le partenaire le plus utile.';

const traceOf = (flags: Flag[]): RuleTrace => ({
  rule: HELD_BACK,
  label: 'Lecture par une personne avant tout envoi',
  verdict: 'true',
  conditions: flags.map((flag) => ({ text: FLAGS[flag].label, saw: 'oui', verdict: 'true' })),
  partner: null,
  role: 'main',
  points: 0,
});

/**
 * The decision on a submission with these flags: one that goes to a partner goes to triage instead when a flag holds it
 * back. The partner that the rules chose comes first among the others, and the trace is kept, so that a person sends it on
 * in a moment. Decisions that send to no partner stay as they are. Pure.
 */
export const holdBack = (decision: RoutingDecision, flags: Flag[]): RoutingDecision => {
  const holding = flags.filter(holdsBack);
  const { main, associated, reasons, others, trace } = decision;
  if (decision.outcome !== 'routed' || main === null || holding.length === 0) return decision;
  const why = 'Choisi par les règles. Une personne doit lire ce projet avant de l’envoyer.';
  return {
    ...decision,
    outcome: 'triage',
    main: null,
    // The last reasons are those of the associated partners, one each.
    reasons: [READ_FIRST, ...reasons.slice(reasons.length - associated.length)],
    others: [{ partner: main, points: pointsOf(main, decision), why }, ...others],
    trace: [...trace, traceOf(holding)],
  };
};
