import type { RoutingDecision } from '../routing/decision.js';
import type { ReferralState } from './lifecycle.js';
import type { ProjectState, Referral } from './referral.js';

const BY_REFERRAL: Record<ReferralState, ProjectState> = {
  waiting: 'waiting',
  taken: 'in_progress',
  helped: 'helped',
  no_solution: 'closed',
  unreachable: 'closed',
  declined: 'triage',
  rerouted: 'waiting',
  expired: 'triage',
  withdrawn: 'withdrawn',
  informed: 'waiting',
};

/** The project's state: that of its latest main referral; without one, the decision's own outcome. */
export const projectState = (
  decision: Pick<RoutingDecision, 'outcome'>,
  latest: ReferralState | null,
): ProjectState => {
  if (latest) return BY_REFERRAL[latest];
  return decision.outcome === 'routed' ? 'waiting' : decision.outcome;
};

/** Grows with each change of a project's main referrals, from the first to the latest. */
export const rankOf = ({ sequence, version }: Pick<Referral, 'sequence' | 'version'>): number =>
  sequence * 1_000_000 + version;
