import { nextBusinessInstant } from '../calendar/businessTime.js';
import type { Words } from '../territory/language.js';
import { REFERRAL_STATES } from './lifecycle.js';
import type { Appointment, Referral } from './referral.js';

/** How people meet, in words. */
export const MEETING_KINDS = {
  call: { fr: 'Appel téléphonique', en: 'Telephone call' },
  visit: { fr: 'Rencontre sur place', en: 'Meeting in person' },
  video: { fr: 'Visioconférence', en: 'Video call' },
} as const satisfies Record<Appointment['kind'], Words>;

/** Code of an appointment that no longer holds; the others are its kinds. */
export const CANCELLED = 'cancelled';

/** Minutes kept in a calendar for the first call. */
const FIRST_CALL = 30;
const MINUTE = 60_000;

/** What the calendar of the desk keeps of a referral: the appointment, or the call that was promised. */
export interface Meeting extends Appointment {
  isPromise: boolean;
}

/** The call that was promised, just before its date; once late, at the next opening. */
const promisedCall = ({ callBy, version }: Pick<Referral, 'callBy' | 'version'>, now: Date): Meeting => {
  const last = new Date(callBy.getTime() - FIRST_CALL * MINUTE);
  const at = last > now ? last : nextBusinessInstant(now);
  return { at, minutes: FIRST_CALL, kind: 'call', place: '', sequence: version, isPromise: true };
};

/** Null when nothing is agreed, nor promised any more. */
export const meetingOf = (referral: Referral, now: Date): Meeting | null => {
  if (!REFERRAL_STATES[referral.state].open) return null;
  return referral.appointment ? { ...referral.appointment, isPromise: false } : promisedCall(referral, now);
};

/** The appointment that the holder has with the partner; null once it is over. */
export const appointmentAhead = (
  referral: Pick<Referral, 'appointment' | 'state'> | null,
  now: Date,
): Appointment | null => {
  const meeting = referral?.state === 'taken' ? referral.appointment : null;
  return meeting && meeting.at.getTime() + meeting.minutes * MINUTE > now.getTime() ? meeting : null;
};
