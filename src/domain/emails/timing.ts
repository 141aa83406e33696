import { addBusinessHours } from '../calendar/addBusinessHours.js';
import { addMonths } from '../calendar/addMonths.js';
import {
  addBusinessDays,
  businessHoursBetween,
  type Closures,
  endOfBusinessDay,
  nextBusinessInstant,
} from '../calendar/businessTime.js';
import { afterQuietHours } from '../calendar/quietHours.js';
import { PROMISED_DAYS } from '../referrals/lifecycle.js';
import type { Referral } from '../referrals/referral.js';
import type { EmailRow } from './emailRow.js';

/** Acts so close to one another are told to the holder in one e-mail. */
export const GROUPING_MINUTES = 10;

/** What time an e-mail counts from. `referral`: the one it is about, if any; `closures`: the days when its partner is closed. */
export interface Counted {
  at: Date;
  referral: Referral | null;
  closures: Closures;
}

const MINUTE = 60_000;

/** Staff are left alone at night and on closed days, unless they wait for the e-mail themselves. */
const outsideQuietHours = (row: EmailRow, at: Date): Date =>
  row.audience === 'holder' || row.atAnyHour ? at : afterQuietHours(at);

/** The morning after the date promised. */
const onceMissed = ({ callBy }: Pick<Referral, 'callBy'>, closures: Closures): Date =>
  nextBusinessInstant(new Date(callBy.getTime() + 1), closures);

const plainDue = ({ delay, group, clock }: EmailRow, { at, referral, closures }: Counted): Date => {
  if (delay === 'at once') return group ? new Date(at.getTime() + GROUPING_MINUTES * MINUTE) : at;
  if (delay === 'once the promise is missed') return referral ? onceMissed(referral, closures) : at;
  if ('months' in delay) return nextBusinessInstant(addMonths(at, delay.months));
  return addBusinessDays(at, delay.businessDays, clock ? closures : undefined);
};

/** When an e-mail is due, as far as is known when it is planned. */
export const dueOf = (row: EmailRow, counted: Counted): Date => outsideQuietHours(row, plainDue(row, counted));

/** Opening hours by which waits for the holder have put the promised date off. */
const hoursPutOff = ({ sentAt, callBy }: Referral, closures: Closures): number =>
  businessHoursBetween(endOfBusinessDay(sentAt, PROMISED_DAYS, closures), callBy, closures);

/** Of the partner's people: what the holder says meanwhile is no news from them. */
export const lastAct = ({ actedAt, takenAt, sentAt }: Referral): Date => actedAt ?? takenAt ?? sentAt;

const ofReferral = (row: EmailRow, referral: Referral, closures: Closures): Date | null => {
  const { delay, clock, quietFor } = row;
  if (quietFor) return addBusinessDays(lastAct(referral), quietFor.businessDays);
  if (delay === 'once the promise is missed') return onceMissed(referral, closures);
  if (!clock || typeof delay === 'string' || !('businessDays' in delay)) return null;
  const due = addBusinessDays(referral.sentAt, delay.businessDays, closures);
  return addBusinessHours(due, hoursPutOff(referral, closures), closures);
};

/** While the holder owes an answer, it is asked again each business day whether the clock goes on. */
const whileAsked = ({ clock }: EmailRow, { asked }: Referral, now: Date): Date | null =>
  clock && asked && asked.until > now
    ? new Date(Math.min(asked.until.getTime(), addBusinessDays(now, 1).getTime()))
    : null;

/**
 * Asked just before sending: the instant before which this e-mail must not leave, as things stand now. At or before `now`:
 * it may leave. Quiet hours, a wait for the holder, an act on the referral meanwhile put it off.
 */
export const notBefore = (row: EmailRow, { at: now, referral, closures }: Counted): Date => {
  const own = referral && (whileAsked(row, referral, now) ?? ofReferral(row, referral, closures));
  return outsideQuietHours(row, own && own > now ? own : now);
};
