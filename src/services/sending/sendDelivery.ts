import type { Accepted } from '../../delivery/transport.js';
import type { Situation } from '../../domain/emails/conditions.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import { unwantedBecause } from '../../domain/emails/planEmails.js';
import { withoutAddresses } from '../../domain/emails/withoutAddresses.js';
import type { Parts } from '../parts.js';
import { sayInstead } from '../sayInstead.js';
import { type ComposedEmail, type ComposeParts, composeEmail } from './composeEmail.js';
import { emailRecipients, type RecipientParts } from './emailRecipients.js';
import { isFollowed, notYet, planFollowing, type TimeParts } from './itsTime.js';
import { keepToRate } from './keepToRate.js';
import { leaveTogether, type TogetherParts } from './leaveTogether.js';
import { readOnce } from './readOnce.js';
import { type FailureParts, markRefused, recordFailure } from './recordFailure.js';
import { type StandingParts, standingOf } from './standing.js';
import { untilHeard } from './untilHeard.js';

type Needs = ComposeParts &
  RecipientParts &
  StandingParts &
  TimeParts &
  TogetherParts &
  FailureParts &
  Pick<Parts, 'inMailTurn' | 'limits' | 'transport'>;

export type DeliveryResult = 'sent' | 'to call' | 'cancelled' | 'postponed' | 'given up' | 'not due';

const SECOND = 1000;
/** For how long, in milliseconds, an attempt keeps others away: for its turn to come, then for the longest send. */
const TURN = 30 * SECOND;
const CLAIM = TURN + 90 * SECOND;
const claimEnd = (since: Date): Date => new Date(since.getTime() + CLAIM);

/** A reminder that nobody may have asked for: whoever begins a questionnaire types the address. A retry counts no more. */
const isTooOften = async ({ limits }: Needs, { email, attempts }: Delivery, situation: Situation): Promise<boolean> => {
  const address = situation.about === 'draft' ? situation.draft?.email : null;
  if (email !== 'holder-nudge' || attempts > 1 || !address) return false;
  return !(await limits.take('nudges-of-email', address)).allowed;
};

/**
 * Sends one e-mail owed. In: its id. Out: what became of it; 'not due' when it is done, too early, or under way elsewhere.
 * Asks again whether it is still wanted and whether it is time, and resolves names and addresses at this moment. Throws,
 * naming nobody, when it is to be tried again later; a refusal for good, or the last try, is recorded and does not throw.
 */
export const sendDelivery = (parts: Needs) => {
  const { clock, deliveries, inMailTurn, transport } = parts;

  const cancel = async ({ id }: Delivery, because: string): Promise<'cancelled'> => {
    await deliveries.markCancelled(id, because);
    return 'cancelled';
  };

  const postpone = async ({ id }: Delivery, until: Date): Promise<'postponed'> => {
    await deliveries.postpone(id, until);
    return 'postponed';
  };

  /** To whom it goes, unless the telephone, a digest or the pace of their mail server says otherwise. */
  const address = async (own: Needs, delivery: Delivery, situation: Situation, now: Date) => {
    if (await sayInstead(own, delivery, situation, now)) return 'to call';
    const recipients = await emailRecipients(own, delivery, situation, now);
    if ('nobody' in recipients) return cancel(delivery, recipients.nobody);
    const seconds = await keepToRate(parts, recipients);
    if (seconds > 0) return postpone(delivery, new Date(now.getTime() + seconds * SECOND));
    if (await isTooOften(parts, delivery, situation)) return cancel(delivery, 'too many to this address');
    return recipients;
  };

  /** The e-mail that is to leave now; or what becomes of it instead. */
  const prepare = async (delivery: Delivery, now: Date): Promise<ComposedEmail | DeliveryResult> => {
    const own = readOnce(parts);
    const standing = await standingOf(own)(delivery, now);
    const situation = standing(delivery);
    const also = await leaveTogether(own)(delivery, standing, now);
    if (!also) return 'cancelled';
    const unwanted = unwantedBecause(delivery.email, situation);
    if (unwanted) return cancel(delivery, unwanted);
    if (await isFollowed(own, delivery)) return cancel(delivery, 'followed by another');
    const until = await notYet(own, delivery, situation, now);
    if (until) return postpone(delivery, until);
    await planFollowing(own, delivery, now);
    const recipients = await address(own, delivery, situation, now);
    if (typeof recipients === 'string') return recipients;
    return composeEmail(own, { ...delivery, also }, situation, { recipients, now });
  };

  /**
   * In its turn, which ends once the store knows, or the claim: if this process ends in between, no more e-mails are in doubt,
   * and sent again, than there are turns at a time; if the store goes away and comes back meanwhile, none.
   */
  const leave = async (delivery: Delivery, { outgoing, onceSent }: ComposedEmail, since: Date) => {
    if (clock().getTime() > since.getTime() + TURN) return postpone(delivery, clock());
    let accepted: Accepted;
    try {
      accepted = await transport.send(outgoing);
    } catch (error) {
      return recordFailure(parts)(delivery, error);
    }
    // Outside the try: an e-mail that left must not be marked as failed, which would free it for another at once.
    const { messageId, response, refused = [] } = accepted;
    const sent = { at: clock(), messageId, response: withoutAddresses(response) };
    const record = async (): Promise<void> => {
      await onceSent();
      await deliveries.markSent(delivery.id, sent);
    };
    await untilHeard(record, { clock, end: claimEnd(since) });
    await markRefused(parts)(delivery, refused);
    return 'sent';
  };

  return async (id: string): Promise<DeliveryResult> => {
    const now = clock();
    const delivery = await deliveries.claim(id, now, claimEnd(now));
    if (!delivery) return 'not due';
    let composed: ComposedEmail | DeliveryResult;
    try {
      composed = await prepare(delivery, now);
    } catch (error) {
      return recordFailure(parts)(delivery, error);
    }
    return typeof composed === 'string' ? composed : inMailTurn(() => leave(delivery, composed, now));
  };
};
export type SendDelivery = ReturnType<typeof sendDelivery>;
