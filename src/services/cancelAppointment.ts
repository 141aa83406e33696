import { CANCELLED } from '../domain/referrals/meeting.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Conflict } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** Takes the appointment away, in both calendars. */
export const cancelAppointment = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen): Promise<Referral> =>
    act('book', seen, ({ appointment }) => {
      if (!appointment) throw new Conflict('Ce rendez-vous est déjà annulé.');
      return { change: { appointment: null }, reason: CANCELLED };
    });
};
