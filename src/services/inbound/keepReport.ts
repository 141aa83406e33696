import type { RecipientStatus } from '../../delivery/parseInbound.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import { failureKindOf } from '../../domain/emails/failures.js';
import { withoutAddresses } from '../../domain/emails/withoutAddresses.js';
import type { Parts } from '../parts.js';
import type { RefuseAddress } from '../refuseAddress.js';

export type ReportKeeping = Pick<Parts, 'clock' | 'deliveries'> & { refuseAddress: RefuseAddress };

/** `unmatched`: a person has to read it, and why. */
export type Reported = 'address refused' | 'not delivered yet' | 'automatic' | { unmatched: string };

/** What is kept of a mail server's words, in characters. */
const LONGEST = 300;

const reasonOf = ({ status, diagnostic }: RecipientStatus): string =>
  withoutAddresses([status, diagnostic].filter(Boolean).join(' ')).slice(0, LONGEST);

/** For good (RFC 3463, class 5), and not only for now: a mailbox that is full may be emptied. */
const isForGood = (recipient: RecipientStatus): boolean => {
  const { action, status, diagnostic } = recipient;
  const isPermanent = status === '' ? /^5\d\d\b/.test(diagnostic) : status.startsWith('5.');
  return action === 'failed' && isPermanent && failureKindOf(reasonOf(recipient)) !== 'later';
};

const NOT_DELIVERED = ['failed', 'delayed'];

/** Tries the addresses that the report names, until one is known. */
const refuse = async (parts: ReportKeeping, delivery: Delivery, status: RecipientStatus): Promise<boolean> => {
  for (const address of status.addresses) {
    const refused = { delivery, address, because: reasonOf(status), at: parts.clock() };
    if ((await parts.refuseAddress(refused)) !== 'unknown') return true;
  }
  return false;
};

/**
 * What a delivery status says of an e-mail of ours, recipient by recipient: an address that refuses for good is marked, and a
 * person is told; a delay, or a failure that may pass, is a line with the delivery and no more.
 */
export const keepReport =
  (parts: ReportKeeping) =>
  async (recipients: RecipientStatus[], delivery: Delivery): Promise<Reported> => {
    const failed = recipients.filter(({ action }) => NOT_DELIVERED.includes(action));
    const [first] = failed;
    if (!first) return 'automatic';
    const final = failed.filter(isForGood);
    await parts.deliveries.markReturned(delivery.id, reasonOf(final[0] ?? first));
    if (final.length === 0) return 'not delivered yet';
    let known = false;
    for (const status of final) known = (await refuse(parts, delivery, status)) || known;
    return known
      ? 'address refused'
      : { unmatched: 'Un e-mail n’a pas été remis à une adresse que le service ne connaît pas.' };
  };
