import type { Refusal, SendFailure } from '../../delivery/sendFailure.js';
import { TRIES } from '../../domain/emails/catalogue.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import { failureKindOf } from '../../domain/emails/failures.js';
import { withoutAddresses } from '../../domain/emails/withoutAddresses.js';
import { logger } from '../../logger.js';
import type { Parts } from '../parts.js';
import type { RefuseAddress } from './refuseAddress.js';

export type FailureParts = Pick<Parts, 'clock' | 'deliveries'> & { refuseAddress: RefuseAddress };

/** Marks the addresses that a server says do not exist. Gives whose they are. */
export const markRefused =
  ({ clock, refuseAddress }: FailureParts) =>
  (delivery: Delivery, refused: Refusal[]) =>
    Promise.all(
      refused.map(({ address, because }) =>
        refuseAddress({ delivery, address, because: withoutAddresses(because), at: clock() }),
      ),
    );

/**
 * An attempt failed. In: what was thrown. Throws, naming nobody, when the e-mail is to be tried again; otherwise it is given
 * up, and its record says why. One that a colleague's address refused is tried again: somebody else reads for them.
 */
export const recordFailure =
  (parts: FailureParts) =>
  async (delivery: Delivery, error: unknown): Promise<'given up'> => {
    const { id, email, attempts } = delivery;
    const { message, permanent = false, refused = [] } = error as Error & Partial<SendFailure>;
    const whose = await markRefused(parts)(delivery, refused);
    const final = attempts >= TRIES.atMost || (permanent && !whose.includes('account'));
    const because = withoutAddresses(
      message,
      refused.map(({ address }) => address),
    );
    await parts.deliveries.markFailed(id, { because, final, at: parts.clock() });
    // What a server says may name the person: the store keeps it for a time, the log does not.
    logger.warn({ delivery: id, kind: email, attempts, failure: failureKindOf(because), final }, 'e-mail not sent');
    if (!final) throw new Error(`Delivery ${id} is to be tried again`);
    return 'given up';
  };
