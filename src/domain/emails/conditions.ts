import { projectState } from '../referrals/projectState.js';
import type { Project, ProjectEvent, Referral } from '../referrals/referral.js';
import type { Outcome } from '../routing/decision.js';

/** The event that may lead to an e-mail, and its project. */
export interface Happening {
  event: ProjectEvent;
  project: Project;
}

/** How things stand at the moment of sending. */
export interface Situation {
  project: Project;
  /** The referral that the e-mail is about; for an e-mail about a project, its latest main referral. */
  referral: Referral | null;
  /** The project's latest main referral. */
  latest: Referral | null;
}

const decided =
  (outcome: Outcome) =>
  ({ project }: Happening): boolean =>
    project.decision.outcome === outcome;

/** The `when` of the catalogue, asked once, when the event happens. */
export const PLAN_CONDITIONS = {
  always: () => true,
  routed: decided('routed'),
  'to triage': decided('triage'),
  'out of territory': decided('out_of_territory'),
  rejected: decided('rejected'),
  /** Not by the rules at submission: the receipt says that already. */
  'by a person': ({ event }) => event.actor.role === 'manager' || event.actor.role === 'advisor',
  'needs a person': ({ event, project }) => event.type === 'declined' || project.decision.outcome === 'triage',
} as const satisfies Record<string, (happening: Happening) => boolean>;
export type PlanCondition = keyof typeof PLAN_CONDITIONS;

/** The `stillWanted` of the catalogue, asked again just before sending. */
export const WANTED_CONDITIONS = {
  always: () => true,
  'while waiting': ({ referral }) => referral?.state === 'waiting',
  'while taken': ({ referral }) => referral?.state === 'taken',
  'while closed': ({ referral }) =>
    referral !== null && referral.outcome !== null && referral.state === referral.outcome,
  'while in triage': ({ project, latest }) => projectState(project.decision, latest?.state ?? null) === 'triage',
} as const satisfies Record<string, (situation: Situation) => boolean>;
export type WantedCondition = keyof typeof WANTED_CONDITIONS;
