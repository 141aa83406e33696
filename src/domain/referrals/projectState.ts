import type { RoutingDecision } from '../routing/decision.js';
import type { ReferralState } from './lifecycle.js';
import type { ProjectState } from './referral.js';

const BY_REFERRAL: Record<ReferralState, ProjectState> = {
  waiting: 'waiting',
  taken: 'in_progress',
  helped: 'helped',
  no_solution: 'closed',
  unreachable: 'closed',
  declined: 'triage',
  withdrawn: 'withdrawn',
};

const OPEN: readonly ProjectState[] = ['triage', 'waiting', 'in_progress'];

/** Does somebody still have to look at it? */
export const isOpen = (state: ProjectState): boolean => OPEN.includes(state);

/** The project's state: that of its latest main referral; without one, the decision's own outcome. */
export const projectState = (
  decision: Pick<RoutingDecision, 'outcome'>,
  latest: ReferralState | null,
): ProjectState => {
  if (latest) return BY_REFERRAL[latest];
  return decision.outcome === 'routed' ? 'waiting' : decision.outcome;
};
