import { endOfBusinessDay } from '../../../domain/calendar/businessTime.js';
import { PROMISED_DAYS } from '../../../domain/referrals/lifecycle.js';
import type { Invariant } from '../invariant.js';

/** The last fact that set the date has it; the first one is computed again where the partner never said that it is closed. */
export const promise: Invariant = {
  label: 'La date promise est celle que le calendrier donne',
  severity: 'wrong',
  repair: null,
  inFile: ({ mains, events }, { neverClosed }) =>
    mains.flatMap(({ id, callBy, sentAt, partner }) => {
      const dated = events
        .filter((event) => event.referral === id && event.callBy)
        .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
      const [first, last] = [dated[0]?.callBy, dated.at(-1)?.callBy];
      if (!first || !last) return [];
      const isKept = last.getTime() === callBy.getTime();
      const isComputed =
        !neverClosed.has(partner) || endOfBusinessDay(sentAt, PROMISED_DAYS).getTime() === first.getTime();
      if (isKept && isComputed) return [];
      return [
        {
          id,
          what: `${callBy.toISOString()}, ${isKept ? 'le calendrier dit autrement' : `ses faits disent ${last.toISOString()}`}`,
        },
      ];
    }),
};
