import type { Reader } from '../../data/accounts.js';
import type { Situation } from '../../domain/emails/conditions.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import { readsUntil } from '../../domain/referrals/involved.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Parts } from '../parts.js';
import type { Recipient } from './emailRecipients.js';

export type ReplyParts = Pick<Parts, 'accounts' | 'addresses' | 'partnerSettings'>;

const SERVICE = 'Porte d’entrée innovation';

const asRecipient = ({ name, email }: Reader): Recipient => ({ name, address: email });

/** The people of this partner, or managers (null), whose own address receives. */
const reachableAt = async ({ accounts }: ReplyParts, partner: string | null): Promise<Reader[]> =>
  (await accounts.readersAt(partner)).filter(({ mailRefused }) => mailRefused === null);

/** The leads of this partner, else the managers; `besides` are those who get the e-mail, and would answer themselves. */
const whoLooksAfter = async (
  parts: ReplyParts,
  partner: string | null,
  besides: readonly string[] = [],
): Promise<Recipient[]> => {
  const leads = partner ? (await reachableAt(parts, partner)).filter(({ role }) => role === 'lead') : [];
  const others = (people: Reader[]): Reader[] => people.filter(({ email }) => !besides.includes(email));
  const found = others(leads).length > 0 ? others(leads) : others(await reachableAt(parts, null));
  return found.map(asRecipient);
};

/** The partner that has the project in hand, or ended it; null when it waits for managers. */
const partnerOf = (latest: Referral | null): string | null =>
  latest && (latest.state === 'withdrawn' || readsUntil(latest) === null) ? latest.partner : null;

const whoFollows = async (parts: ReplyParts, { takenBy }: Referral, partner: string): Promise<Recipient[]> => {
  const found = (await reachableAt(parts, partner)).filter(({ id }) => id === takenBy);
  return found.map(asRecipient);
};

const forHolder = async (parts: ReplyParts, situation: Situation): Promise<Recipient[]> => {
  const latest = situation.about === 'project' ? (situation.latest ?? situation.referral) : null;
  const partner = partnerOf(latest);
  if (!latest || !partner) return whoLooksAfter(parts, null);
  const person = await whoFollows(parts, latest, partner);
  if (person.length > 0) return person;
  const { mailbox } = await parts.partnerSettings.read(partner);
  return mailbox ? [{ name: '', address: mailbox }] : whoLooksAfter(parts, partner);
};

const forStaff = (parts: ReplyParts, situation: Situation, to: Recipient[]): Promise<Recipient[]> => {
  const partner =
    situation.about === 'project'
      ? (situation.referral?.partner ?? null)
      : situation.about === 'account'
        ? (situation.account?.partner ?? null)
        : null;
  return whoLooksAfter(
    parts,
    partner,
    to.map(({ address }) => address),
  );
};

/**
 * Whom a reply to this e-mail reaches; nobody when there is nobody. With INBOUND_ADDRESS, the desk itself: it puts the reply
 * with the project. Without, people who would be asked on the telephone too: a holder reaches the person who took the
 * project, else what the partner's lead gave as its mailbox, else its leads, else managers; staff reach a lead of their
 * partner, else managers. A holder's address never stands in a staff e-mail: the answer would leave no trace with the
 * project, and the address would outlive its erasure in mailboxes.
 */
export const replyAddresses = async (
  parts: ReplyParts,
  delivery: Delivery,
  situation: Situation,
  to: Recipient[],
): Promise<Recipient[]> => {
  const own = parts.addresses.replyTo(delivery.id);
  if (own) return [{ name: SERVICE, address: own }];
  return delivery.audience === 'holder' ? forHolder(parts, situation) : forStaff(parts, situation, to);
};
