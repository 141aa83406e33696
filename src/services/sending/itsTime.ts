import { closedDays } from '../../domain/calendar/closures.js';
import { rowOf } from '../../domain/emails/catalogue.js';
import type { Situation } from '../../domain/emails/conditions.js';
import { type Delivery, eventOf, isByHand } from '../../domain/emails/delivery.js';
import { planNext } from '../../domain/emails/planEmails.js';
import { notBefore } from '../../domain/emails/timing.js';
import type { Parts } from '../parts.js';

export type TimeParts = Pick<Parts, 'deliveries' | 'partnerSettings'>;

/** The instant until which this e-mail has to wait, as things stand now; null: it may leave. */
export const notYet = async (
  { partnerSettings }: TimeParts,
  delivery: Delivery,
  situation: Situation,
  now: Date,
): Promise<Date | null> => {
  const row = rowOf(delivery.email);
  // Somebody asked for it, and waits for it.
  if (isByHand(delivery)) return null;
  const referral = situation.about === 'project' ? situation.referral : null;
  const closed = row.clock && referral ? (await partnerSettings.read(referral.partner)).closures : [];
  const until = notBefore(row, { at: now, referral, closures: closedDays(closed) });
  return until > now ? until : null;
};

/** A reminder, a question of later: when what set it off has happened again since, the one of that time leaves instead. */
export const isFollowed = async ({ deliveries }: TimeParts, delivery: Delivery): Promise<boolean> => {
  const { email, project } = delivery;
  if (rowOf(email).delay === 'at once' || project === null || isByHand(delivery)) return false;
  const owed = await deliveries.owedOccasions(project, email);
  const [latest] = owed.filter((occasion) => !isByHand({ occasion }));
  return latest !== undefined && eventOf({ occasion: latest }) !== eventOf(delivery);
};

/** Of those that come again, owes the next one; done twice, it is owed once. */
export const planFollowing = async ({ deliveries }: TimeParts, delivery: Delivery, now: Date): Promise<void> => {
  const next = isByHand(delivery) ? null : planNext(delivery);
  if (next) await deliveries.plan([next], now);
};
