import type { RecipientStatus } from '../../delivery/parseInbound.js';
import type { Audience, Delivery } from '../../domain/emails/delivery.js';
import { failureKindOf } from '../../domain/emails/failures.js';
import { withoutAddresses } from '../../domain/emails/withoutAddresses.js';
import type { Parts } from '../parts.js';
import type { RefuseAddress } from '../sending/refuseAddress.js';
import { referralOf } from './keepReply.js';

export type ReportKeeping = Pick<Parts, 'accounts' | 'clock' | 'deliveries' | 'referrals'> & {
  refuseAddress: RefuseAddress;
};

/** `unmatched`: a person has to read it, and why. */
export type Reported = 'address refused' | 'not delivered yet' | 'automatic' | { unmatched: string };

/** What is kept of a mail server's words, in characters. */
const LONGEST = 300;

const reasonOf = ({ status, diagnostic, addresses }: RecipientStatus): string =>
  withoutAddresses([status, diagnostic].filter(Boolean).join(' '), addresses).slice(0, LONGEST);

/** For good (RFC 3463, class 5), and not only for now: a mailbox that is full may be emptied. */
const isForGood = (recipient: RecipientStatus): boolean => {
  const { action, status, diagnostic } = recipient;
  const isPermanent = status === '' ? /^5\d\d\b/.test(diagnostic) : status.startsWith('5.');
  return action === 'failed' && isPermanent && failureKindOf(reasonOf(recipient)) !== 'later';
};

const NOT_DELIVERED = ['failed', 'delayed'];

const partnerOf = async (parts: ReportKeeping, delivery: Delivery): Promise<string | null> =>
  delivery.about.kind === 'account'
    ? ((await parts.accounts.byId(delivery.about.id))?.partner ?? null)
    : ((await referralOf(parts, delivery))?.partner ?? null);

/** Nobody of the partner reads what is for its advisors, or its leads: managers got it. */
const hasNobody = async ({ accounts }: ReportKeeping, partner: string | null, audience: Audience): Promise<boolean> =>
  partner === null ||
  (await accounts.readersAt(partner)).every(
    ({ mailRefused, role }) => mailRefused !== null || (audience === 'lead' && role !== 'lead'),
  );

/**
 * Whether this e-mail can have gone to that address: anybody can write a report, and whoever was sent an e-mail of ours has
 * the address that it comes back to. A holder's address is compared where it is marked.
 */
const mayHaveGoneTo = async (parts: ReportKeeping, delivery: Delivery, address: string): Promise<boolean> => {
  const { audience, about } = delivery;
  if (audience === 'holder') return true;
  const found = await parts.accounts.byEmail(address);
  if (!found) return false;
  const { id, role, partner } = found.account;
  if (audience === 'account') return id === about.id;
  if (audience === 'manager') return role === 'manager';
  const its = await partnerOf(parts, delivery);
  return role === 'manager' ? hasNobody(parts, its, audience) : partner !== null && partner === its;
};

/** Tries the addresses that the report names, until one is known. */
const refuse = async (parts: ReportKeeping, delivery: Delivery, status: RecipientStatus): Promise<boolean> => {
  for (const address of status.addresses) {
    if (!(await mayHaveGoneTo(parts, delivery, address))) continue;
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
