import { localDay, localMonth } from '../calendar/businessTime.js';
import type { CloseOutcome, DeclineReason, ReferralState } from '../referrals/lifecycle.js';
import { associatedId } from '../referrals/newReferral.js';
import type { ProjectEvent } from '../referrals/referral.js';
import { inStoryOrder } from '../referrals/storyOrder.js';
import type { Need } from '../territory/needs.js';
import type { Stage } from '../territory/stages.js';
import type { ProjectFacts } from './facts.js';
import { clockOf, latestReferral } from './referralClock.js';

/** One flat row a referral: a project at one partner. From the events and the row of its project, and from nothing else. */
export interface ReferralFacts {
  id: string;
  project: string;
  reference: string;
  /** Of the project: month of submission in Paris, and what it is counted by. */
  month: string;
  mainNeed: Need | null;
  epci: string | null;
  stage: Stage | null;
  channel: string | null;
  partner: string;
  role: 'main' | 'associated';
  /** 1 for the first main referral of its project, 2 for the next… */
  sequence: number;
  state: ReferralState;
  sentBy: 'rules' | 'person';
  /** Code of why a person sent it there. */
  sentBecause: string | null;
  sentAt: Date;
  sentDay: string;
  sentMonth: string;
  dueBy: Date | null;
  takenAt: Date | null;
  takenDay: string | null;
  /** Whole opening hours from sent to taken. */
  hoursToTake: number | null;
  takenWithin2: boolean | null;
  closedAt: Date | null;
  closedDay: string | null;
  outcome: CloseOutcome | null;
  declineReason: DeclineReason | null;
  /** The partner that it was sent on to. */
  reroutedTo: string | null;
}

const dayOf = (at: Date | null): string | null => at && localDay(at);

type About = Pick<
  ReferralFacts,
  'project' | 'reference' | 'month' | 'mainNeed' | 'epci' | 'stage' | 'channel' | 'sentBy' | 'sentBecause'
>;

const aboutOf = (
  { id, reference, month, mainNeed, epci, stage, channel }: ProjectFacts,
  sent: ProjectEvent,
): About => ({
  project: id,
  reference,
  month,
  mainNeed,
  epci,
  stage,
  channel,
  sentBy: sent.actor.role === 'system' ? 'rules' : 'person',
  sentBecause: sent.reason,
});

const sentOn = (at: Date) => ({ sentAt: at, sentDay: localDay(at), sentMonth: localMonth(at) });

const mainRow = (row: ProjectFacts, story: ProjectEvent[], sent: ProjectEvent, sequence: number): ReferralFacts[] => {
  const latest = latestReferral(story, sent);
  if (!latest || !sent.referral || !sent.partner) return [];
  const own = story.filter(({ referral }) => referral === sent.referral);
  const isOpen = latest.state === 'waiting' || latest.state === 'taken';
  const isWithdrawn = isOpen && row.state === 'withdrawn';
  const { sentAt, ...clock } = clockOf(latest, isWithdrawn);
  return [
    {
      id: sent.referral,
      ...aboutOf(row, sent),
      partner: sent.partner,
      role: 'main',
      sequence,
      state: isWithdrawn ? 'withdrawn' : latest.state,
      ...sentOn(sentAt ?? sent.at),
      ...clock,
      takenDay: dayOf(clock.takenAt),
      closedDay: dayOf(clock.closedAt),
      declineReason: (own.findLast(({ type }) => type === 'declined')?.reason as DeclineReason | undefined) ?? null,
      reroutedTo: own.findLast(({ type }) => type === 'rerouted')?.to ?? null,
    },
  ];
};

const NEVER = {
  dueBy: null,
  takenAt: null,
  takenDay: null,
  hoursToTake: null,
  takenWithin2: null,
  closedAt: null,
  closedDay: null,
  outcome: null,
  declineReason: null,
  reroutedTo: null,
};

/** Of a partner that is brought in twice, the first time. */
const associatedRows = (row: ProjectFacts, story: ProjectEvent[]): ReferralFacts[] => {
  const broughtIn = new Map<string, ProjectEvent>();
  for (const event of story)
    if (event.type === 'brought-in' && event.to && !broughtIn.has(event.to)) broughtIn.set(event.to, event);
  return [...broughtIn].map(([partner, event], index) => ({
    id: associatedId(row.id, partner),
    ...aboutOf(row, event),
    partner,
    role: 'associated',
    sequence: index + 1,
    state: 'informed',
    ...sentOn(event.at),
    ...NEVER,
  }));
};

/** The rows of a project's referrals, main ones first, each first to last. */
export const referralFacts = (row: ProjectFacts, events: ProjectEvent[]): ReferralFacts[] => {
  const story = inStoryOrder(events);
  const sendings = story.filter(({ type }) => type === 'referred');
  return [...sendings.flatMap((sent, index) => mainRow(row, story, sent, index + 1)), ...associatedRows(row, story)];
};
