import { businessHoursBetween } from '../../domain/calendar/businessTime.js';
import { dueInWords } from '../../domain/calendar/words.js';
import type { Referral } from '../../domain/referrals/referral.js';

/** One business day: what is due within it comes first. */
const SOON_HOURS = 7;

/** Nobody has taken it, and the promise made to the holder is past. */
export const isLate = ({ state, callBy }: Pick<Referral, 'state' | 'callBy'>, now: Date): boolean =>
  state === 'waiting' && callBy < now;

/** The promise made to the holder as views/components/due.ejs shows it. */
export const dueModel = (
  { callBy }: Pick<Referral, 'callBy'>,
  now: Date,
): { text: string; tone: 'late' | 'soon' | 'later' } => {
  const text = dueInWords(callBy, now);
  if (callBy < now) return { text, tone: 'late' };
  return { text, tone: businessHoursBetween(now, callBy) <= SOON_HOURS ? 'soon' : 'later' };
};
