import { addMonths } from '../calendar/addMonths.js';
import { addBusinessDays, endOfBusinessDay, localDay, localMonth } from '../calendar/businessTime.js';
import { openingHour } from '../calendar/openingHour.js';
import type { DeclineReason } from '../referrals/lifecycle.js';
import { isOpen, projectState } from '../referrals/projectState.js';
import type { Became, CountedProject, ProjectEvent, ProjectState, Survey } from '../referrals/referral.js';
import { inStoryOrder } from '../referrals/storyOrder.js';
import type { Outcome } from '../routing/decision.js';
import { type Axis, NEEDS, type Need } from '../territory/needs.js';
import type { Stage } from '../territory/stages.js';
import type { Territory } from '../territory/territory.js';
import { clockOf, latestReferral, type ReferralClock } from './referralClock.js';

/**
 * One flat row a project: all that a figure may count. What happened comes from the events that are given and from
 * nothing else, so the same events always give the same row; what the project is (place, need, stage) comes from its
 * answers, which never change. The clock is that of the latest main referral: a project sent elsewhere starts again.
 */
export interface ProjectFacts extends ReferralClock {
  id: string;
  reference: string;
  submittedAt: Date;
  /** Day and month of submission in Paris: "2026-12-31", "2026-12". */
  day: string;
  month: string;
  /** What the rules decided. */
  decision: Outcome;
  /** The rule that weighed most for the partner that the rules chose; null when they chose none. */
  rule: string | null;
  /** Who chose the first partner; null when nobody has yet. */
  sentBy: 'rules' | 'person' | null;
  /** A person chose another partner than the rules: kept where it was entered, or sent elsewhere because they were wrong. */
  isOverridden: boolean;
  /** An advertisement or a job search that nobody put right: outside every figure. */
  isSpam: boolean;
  /** Every partner that had it, first to last. */
  partners: string[];
  firstPartner: string | null;
  currentPartner: string | null;
  declinedBy: string[];
  /** Code of each refusal, first to last. */
  declineReasons: DeclineReason[];
  /** Partners that sent it on themselves. */
  reroutedBy: string[];
  mainNeed: Need | null;
  axis: Axis | null;
  epci: string | null;
  territoireIndustrie: string | null;
  department: string | null;
  stage: Stage | null;
  /** Code of the entry link; null when the holder came by the front page. */
  channel: string | null;
  state: ProjectState;
  isOpen: boolean;
  /** End of the 5th business day after it reached the partner: untaken until then, it is escalated. */
  escalatesBy: Date | null;
  /** Taken before `escalatesBy`? As `takenWithin2`. */
  takenWithin5: boolean | null;
  /** When its loop is expected to be closed: LOOP_DAYS after it reached the partner. */
  loopDueAt: Date | null;
  /** When it ended, with an outcome or without a partner; null while open. */
  endedAt: Date | null;
  /** From when an opinion, and later news, may be expected. */
  opinionDueAt: Date | null;
  newsDueAt: Date | null;
  opinion: Pick<Survey, 'calledBack' | 'useful'> | null;
  became: Became | null;
  /** Partners brought in beside the main one. */
  associated: string[];
}

/** A loop is expected to be closed this long after the project reached the partner. */
export const LOOP_DAYS = 30;
const ESCALATES_AFTER = 5;
const OPINION_AFTER = 10;
const NEWS_AFTER_MONTHS = 6;
const DAY = 86_400_000;

/** The row of a project, from the events given: those before a date give the row as it stood on that date. */
export const projectFacts = (project: CountedProject, events: ProjectEvent[], territory: Territory): ProjectFacts => {
  const story = inStoryOrder(events);
  const sendings = story.filter(({ type }) => type === 'referred');
  const partners = partnersOf(sendings);
  const latest = latestReferral(story, sendings.at(-1));
  const isOver = isClosedInTriage(story);
  const standing = isOver ? 'closed' : projectState(project.decision, latest?.state ?? null);
  const state = isWithdrawn(story) ? 'withdrawn' : standing;
  const clock = clockOf(latest, isWithdrawn(story));
  const endedAt = endOf(story, clock, isOver);
  return {
    id: project.id,
    reference: project.reference,
    submittedAt: project.submittedAt,
    day: localDay(project.submittedAt),
    month: localMonth(project.submittedAt),
    decision: project.decision.outcome,
    rule: ruleOf(project),
    sentBy: sentBy(sendings[0]),
    isOverridden: sendings.some(({ reason }) => reason === 'kept' || reason === 'rules-wrong'),
    isSpam: project.decision.outcome === 'rejected' && sendings.length === 0,
    partners,
    firstPartner: partners[0] ?? null,
    currentPartner: state === 'triage' || isOver || latest?.state === 'declined' ? null : (partners.at(-1) ?? null),
    declinedBy: partnersOf(story.filter(({ type }) => type === 'declined')),
    declineReasons: story.flatMap(({ type, reason }) =>
      type === 'declined' && reason ? [reason as DeclineReason] : [],
    ),
    reroutedBy: partnersOf(story.filter(({ type }) => type === 'rerouted')),
    ...dimensionsOf(project, territory),
    channel: project.channel,
    state,
    isOpen: isOpen(state),
    ...clock,
    ...escalationOf(clock),
    loopDueAt: clock.sentAt && new Date(clock.sentAt.getTime() + LOOP_DAYS * DAY),
    endedAt,
    opinionDueAt: endedAt && addBusinessDays(endedAt, OPINION_AFTER),
    newsDueAt: endedAt && addMonths(endedAt, NEWS_AFTER_MONTHS),
    opinion: opinionOf(story),
    became: (story.findLast(({ type }) => type === 'became')?.after as Became | undefined) ?? null,
    associated: story.flatMap(({ type, to }) => (type === 'brought-in' && to ? [to] : [])),
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

/** Of several rules of the same weight, the first of the table. */
const ruleOf = ({ decision }: CountedProject): string | null => {
  const own = decision.trace.filter(
    ({ verdict, role, partner }) => verdict === 'true' && role === 'main' && partner === decision.main,
  );
  const most = Math.max(...own.map(({ points }) => points));
  return decision.main === null ? null : (own.find(({ points }) => points === most)?.rule ?? null);
};

const endOf = (story: ProjectEvent[], { outcome, closedAt }: ReferralClock, isOver: boolean): Date | null => {
  if (isOver) return story.findLast(({ type }) => type === 'closed-in-triage')?.at ?? null;
  return outcome === null ? null : closedAt;
};

/** Waits for the holder put it off as they do the promise. */
const escalationOf = (clock: ReferralClock): Pick<ProjectFacts, 'escalatesBy' | 'takenWithin5'> => {
  const { sentAt, dueBy, takenAt, takenWithin2 } = clock;
  if (!sentAt || !dueBy) return { escalatesBy: null, takenWithin5: null };
  const putOff = dueBy.getTime() - endOfBusinessDay(sentAt, 2).getTime();
  const escalatesBy = new Date(endOfBusinessDay(sentAt, ESCALATES_AFTER).getTime() + Math.max(0, putOff));
  return { escalatesBy, takenWithin5: takenWithin2 === null ? null : takenAt !== null && takenAt <= escalatesBy };
};

/** The event carries the two codes: "yes:partly". */
const opinionOf = (story: ProjectEvent[]): ProjectFacts['opinion'] => {
  const [calledBack, useful] = story.findLast(({ type }) => type === 'surveyed')?.after?.split(':') ?? [];
  return calledBack && useful ? ({ calledBack, useful } as ProjectFacts['opinion']) : null;
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

/** Whole opening hours that an open project has waited at its partner, or in triage since it came. */
export const hoursOpen = (
  { isOpen, sentAt, submittedAt }: Pick<ProjectFacts, 'isOpen' | 'sentAt' | 'submittedAt'>,
  asOf: Date,
): number | null => (isOpen ? openingHour(asOf) - openingHour(sentAt ?? submittedAt) : null);
