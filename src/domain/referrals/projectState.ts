import type { RoutingDecision } from '../routing/decision.js';
import type { ReferralState } from './lifecycle.js';
import type { Project, ProjectState, Referral } from './referral.js';

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

/** Grows with each change of a project's main referrals, from the first to the latest. */
export const rankOf = ({ sequence, version }: Pick<Referral, 'sequence' | 'version'>): number =>
  sequence * 1_000_000 + version;

/** Is it the first referral of its project, and did nobody act on it yet? */
export const isFirst = ({ sequence, version }: Pick<Referral, 'sequence' | 'version'>): boolean =>
  sequence === 1 && version === 1;

/** States in which a manager may choose the partner, or end the project without one. */
export const CAN_SEND: readonly ProjectState[] = ['triage', 'out_of_territory', 'rejected'];

/** May a person choose its partner now? Also of one that was ended in triage: the mistake can be put right. */
export const canSend = ({ state, closing }: Pick<Project, 'state' | 'closing'>): boolean =>
  CAN_SEND.includes(state) || (state === 'closed' && closing != null);

/** After every change of the referrals that the project had, before those of the next one. */
export const closedInTriageRank = (latest: Pick<Referral, 'sequence'> | null): number =>
  rankOf({ sequence: latest?.sequence ?? 0, version: 500_000 });
