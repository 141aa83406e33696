import { businessHoursBetween, endOfBusinessDay } from '../calendar/businessTime.js';
import { CLOSE_OUTCOMES, type CloseOutcome, PROMISED_DAYS, type ReferralState } from '../referrals/lifecycle.js';
import type { EventType, ProjectEvent } from '../referrals/referral.js';

/** How fast a referral went. All null while there is none. */
export interface ReferralClock {
  sentAt: Date | null;
  /** End of the 2nd business day after it was sent: the promise. */
  dueBy: Date | null;
  takenAt: Date | null;
  /** Opening hours from sent to taken, with decimals. */
  hoursToTake: number | null;
  /** Taken before `dueBy`? False while it is not taken; null when the partner declined before that date. */
  takenWithin2: boolean | null;
  closedAt: Date | null;
  outcome: CloseOutcome | null;
}

/** What the events say of a referral. */
interface Latest {
  state: ReferralState;
  sentAt: Date;
  takenAt: Date | null;
  closedAt: Date | null;
}

/** What each event makes of its referral; null changes nothing. A withdrawal counts for the project, not for the referral. */
const STATE_AFTER: Record<EventType, ((event: ProjectEvent) => ReferralState) | null> = {
  submitted: null,
  referred: () => 'waiting',
  taken: () => 'taken',
  declined: () => 'declined',
  closed: ({ after }) => after as CloseOutcome,
  withdrawn: null,
  released: () => 'waiting',
  transferred: null,
  'call-logged': null,
  booked: null,
  'detail-asked': null,
  'detail-given': null,
  'wait-ended': null,
  'brought-in': null,
  rerouted: () => 'rerouted',
  reopened: () => 'taken',
  expired: () => 'expired',
  shared: null,
  'message-added': null,
  'contact-corrected': null,
  'nobody-called': null,
  surveyed: null,
  erased: null,
};

/** The referral that was sent last, as the story leaves it; null when nothing was sent. */
export const latestReferral = (story: ProjectEvent[], sent: ProjectEvent | undefined): Latest | null => {
  if (!sent) return null;
  const own = story.filter(({ referral, type }) => referral === sent.referral && STATE_AFTER[type]);
  const last = own.at(-1) ?? sent;
  const isEnd = last.type === 'declined' || last.type === 'closed';
  return {
    state: STATE_AFTER[last.type]?.(last) ?? 'waiting',
    sentAt: sent.at,
    // Taken, then declined: nobody has it in hand.
    takenAt: last.type === 'declined' ? null : (own.find(({ type }) => type === 'taken')?.at ?? null),
    closedAt: isEnd ? last.at : null,
  };
};

const NO_CLOCK: ReferralClock = {
  sentAt: null,
  dueBy: null,
  takenAt: null,
  hoursToTake: null,
  takenWithin2: null,
  closedAt: null,
  outcome: null,
};

const isOutcome = (state: ReferralState): state is CloseOutcome => Object.hasOwn(CLOSE_OUTCOMES, state);

/** `withdrawn`: the holder took the project back. */
export const clockOf = (latest: Latest | null, withdrawn: boolean): ReferralClock => {
  if (!latest) return NO_CLOCK;
  const { state, sentAt, takenAt, closedAt } = latest;
  const dueBy = endOfBusinessDay(sentAt, PROMISED_DAYS);
  const declinedInTime = takenAt === null && closedAt !== null && closedAt <= dueBy;
  return {
    sentAt,
    dueBy,
    takenAt,
    hoursToTake: takenAt && businessHoursBetween(sentAt, takenAt),
    // A holder who takes the project back before anybody took it ends the promise: it was neither kept nor broken.
    takenWithin2: declinedInTime || (withdrawn && takenAt === null) ? null : takenAt !== null && takenAt <= dueBy,
    closedAt,
    outcome: !withdrawn && isOutcome(state) ? state : null,
  };
};
