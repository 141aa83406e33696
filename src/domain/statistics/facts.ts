import { localDay, localMonth } from '../calendar/businessTime.js';
import { isOpen, projectState } from '../referrals/projectState.js';
import type { CountedProject, ProjectEvent, ProjectState } from '../referrals/referral.js';
import { inStoryOrder } from '../referrals/storyOrder.js';
import type { Outcome } from '../routing/decision.js';
import { type Axis, NEEDS, type Need } from '../territory/needs.js';
import type { Stage } from '../territory/stages.js';
import type { TerritoireIndustrie, Territory } from '../territory/territory.js';
import { clockOf, latestReferral, type ReferralClock } from './referralClock.js';

/**
 * One flat row a project: all that a figure may count. What happened comes from the events that are given and from
 * nothing else, so the same events always give the same row; what the project is (place, need, stage) comes from its
 * answers, which never change. The clock is that of the latest main referral: a project sent elsewhere starts again.
 */
export interface ProjectFacts extends ReferralClock {
  id: string;
  reference: string;
  /** Day and month of submission in Paris: "2026-12-31", "2026-12". */
  day: string;
  month: string;
  /** What the rules decided. */
  decision: Outcome;
  /** Who chose the first partner; null when nobody has yet. */
  sentBy: 'rules' | 'person' | null;
  /** An advertisement or a job search that nobody put right: outside every figure. */
  isSpam: boolean;
  /** Every partner that had it, first to last. */
  partners: string[];
  firstPartner: string | null;
  currentPartner: string | null;
  declinedBy: string[];
  /** Partners that sent it on themselves. */
  reroutedBy: string[];
  mainNeed: Need | null;
  axis: Axis | null;
  epci: string | null;
  territoireIndustrie: TerritoireIndustrie | null;
  department: string | null;
  stage: Stage | null;
  /** Code of the entry link; null when the holder came by the front page. */
  channel: string | null;
  state: ProjectState;
  isOpen: boolean;
}

/** The row of a project, from the events given: those before a date give the row as it stood on that date. */
export const projectFacts = (project: CountedProject, events: ProjectEvent[], territory: Territory): ProjectFacts => {
  const story = inStoryOrder(events);
  const sendings = story.filter(({ type }) => type === 'referred');
  const partners = partnersOf(sendings);
  const latest = latestReferral(story, sendings.at(-1));
  const isOver = isClosedInTriage(story);
  const standing = isOver ? 'closed' : projectState(project.decision, latest?.state ?? null);
  const state = isWithdrawn(story) ? 'withdrawn' : standing;
  return {
    id: project.id,
    reference: project.reference,
    day: localDay(project.submittedAt),
    month: localMonth(project.submittedAt),
    decision: project.decision.outcome,
    sentBy: sentBy(sendings[0]),
    isSpam: project.decision.outcome === 'rejected' && sendings.length === 0,
    partners,
    firstPartner: partners[0] ?? null,
    currentPartner: state === 'triage' || isOver || latest?.state === 'declined' ? null : (partners.at(-1) ?? null),
    declinedBy: partnersOf(story.filter(({ type }) => type === 'declined')),
    reroutedBy: partnersOf(story.filter(({ type }) => type === 'rerouted')),
    ...dimensionsOf(project, territory),
    channel: project.channel,
    state,
    isOpen: isOpen(state),
    ...clockOf(latest, isWithdrawn(story)),
  };
};

/** Taken back by the holder, or erased while it was open: for good, whatever an advisor did at the same instant. */
const isWithdrawn = (story: ProjectEvent[]): boolean =>
  story.some(({ type, after }) => type === 'withdrawn' || (type === 'erased' && after === 'withdrawn'));

/** Ended by a manager without a partner, and not sent to one since. */
const isClosedInTriage = (story: ProjectEvent[]): boolean =>
  story.findLast(({ type }) => type === 'closed-in-triage' || type === 'referred')?.type === 'closed-in-triage';

const partnersOf = (events: ProjectEvent[]): string[] => events.flatMap(({ partner }) => partner ?? []);

const sentBy = (first: ProjectEvent | undefined): ProjectFacts['sentBy'] => {
  if (!first) return null;
  return first.actor.role === 'system' ? 'rules' : 'person';
};

const dimensionsOf = ({ facts }: CountedProject, territory: Territory) => {
  const mainNeed = facts.needs[0] ?? null;
  const commune = facts.commune === null ? undefined : territory.commune(facts.commune);
  return {
    mainNeed,
    axis: mainNeed && NEEDS[mainNeed].axis,
    epci: commune?.epci ?? null,
    territoireIndustrie: (commune?.epci && territory.epci(commune.epci)?.territoireIndustrie) || null,
    department: commune?.department ?? null,
    stage: facts.stage,
  };
};
