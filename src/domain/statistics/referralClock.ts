import { businessHoursBetween, endOfBusinessDay } from '../calendar/businessTime.js';
import { CLOSE_OUTCOMES, type CloseOutcome, PROMISED_DAYS, type ReferralState } from '../referrals/lifecycle.js';
import type { EventType, ProjectEvent } from '../referrals/referral.js';
import { callByAfterWait, waitsUntil } from '../referrals/waitForHolder.js';

/** How fast a referral went. All null while there is none. */
export interface ReferralClock {
  sentAt: Date | null;
  /** End of the 2nd business day after it was sent: the promise. It stands still while the holder is waited for. */
  dueBy: Date | null;
  takenAt: Date | null;
  /** Whole opening hours from sent to taken. */
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
  /** The promise, moved by the time that the holder was waited for. */
  dueBy: Date;
  takenAt: Date | null;
  closedAt: Date | null;
}

type Change = (now: Latest, event: ProjectEvent) => Partial<Latest>;

const ends =
  (state: ReferralState): Change =>
  (_now, { at }) => ({ state, closedAt: at });

/** The end of the wait tells the date that it moved; while it lasts, it counts in full. */
const waits: Change = ({ dueBy }, { at }) => {
  const until = waitsUntil(at);
  return { dueBy: callByAfterWait(dueBy, { at, until }, { endedAt: until }) };
};
const goesOn: Change = ({ dueBy }, { callBy = dueBy }) => ({ dueBy: callBy });

/** What each event makes of its referral; null changes nothing. A withdrawal counts for the project, not for the referral. */
const CHANGES: Record<EventType, Change | null> = {
  submitted: null,
  referred: null,
  taken: (_now, { at }) => ({ state: 'taken', takenAt: at }),
  // Taken, then declined or sent on: nobody has it in hand.
  declined: (now, event) => ({ ...ends('declined')(now, event), takenAt: null }),
  rerouted: (now, event) => ({ ...ends('rerouted')(now, event), takenAt: null }),
  expired: ends('expired'),
  closed: (now, event) => ends(event.after as CloseOutcome)(now, event),
  reopened: () => ({ state: 'taken', closedAt: null }),
  released: () => ({ state: 'waiting', takenAt: null }),
  'detail-asked': waits,
  'detail-given': goesOn,
  'wait-ended': goesOn,
  withdrawn: null,
  'closed-in-triage': null,
  transferred: null,
  'call-logged': null,
  booked: null,
  'brought-in': null,
  shared: null,
  'message-added': null,
  'contact-corrected': null,
  'nobody-called': null,
  surveyed: null,
  became: null,
  written: null,
  'address-refused': null,
  erased: null,
};

const atFirst = ({ at, callBy }: ProjectEvent): Latest => ({
  state: 'waiting',
  sentAt: at,
  dueBy: callBy ?? endOfBusinessDay(at, PROMISED_DAYS),
  takenAt: null,
  closedAt: null,
});

/** The referral that was sent last, as the story leaves it; null when nothing was sent. */
export const latestReferral = (story: ProjectEvent[], sent: ProjectEvent | undefined): Latest | null => {
  if (!sent) return null;
  const latest = atFirst(sent);
  for (const event of story.filter(({ referral }) => referral === sent.referral))
    Object.assign(latest, CHANGES[event.type]?.(latest, event));
  return latest;
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
  const { state, sentAt, dueBy, takenAt, closedAt } = latest;
  const declinedInTime = takenAt === null && closedAt !== null && closedAt <= dueBy;
  return {
    sentAt,
    dueBy,
    takenAt,
    hoursToTake: takenAt && Math.round(businessHoursBetween(sentAt, takenAt)),
    // A holder who takes the project back before anybody took it ends the promise: it was neither kept nor broken.
    takenWithin2: declinedInTime || (withdrawn && takenAt === null) ? null : takenAt !== null && takenAt <= dueBy,
    closedAt,
    outcome: !withdrawn && isOutcome(state) ? state : null,
  };
};
