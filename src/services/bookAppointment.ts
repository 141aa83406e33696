import type { Appointment, Referral } from '../domain/referrals/referral.js';
import { Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

const KINDS: Record<Appointment['kind'], { needsPlace: boolean }> = {
  call: { needsPlace: false },
  visit: { needsPlace: true },
  video: { needsPlace: true },
};

/** In minutes. */
const SHORTEST = 5;
const LONGEST = 480;

const check = ({ at, minutes, kind, place }: Booking, now: Date): void => {
  if (!Object.hasOwn(KINDS, kind)) throw new Invalid('Choisissez le genre de rendez-vous dans la liste.');
  if (!(at > now)) throw new Invalid('Choisissez une date à venir.');
  if (!Number.isInteger(minutes) || minutes < SHORTEST || minutes > LONGEST)
    throw new Invalid(`Choisissez une durée de ${SHORTEST} à ${LONGEST} minutes.`);
  if (KINDS[kind].needsPlace && place === '') throw new Invalid('Écrivez l’adresse, ou le lien.');
};

export type Booking = Omit<Appointment, 'sequence'>;

/**
 * Sets an appointment, or moves it. Calendars ask for a number that grows with each change, cancellations included: that of
 * the referral's version.
 */
export const bookAppointment = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen, { at, minutes, kind, place }: Booking): Promise<Referral> =>
    act('book', seen, ({ version }, now) => {
      check({ at, minutes, kind, place }, now.at);
      return { change: { appointment: { at, minutes, kind, place, sequence: version + 1 } }, reason: kind };
    });
};
