import { localDay, nextBusinessInstant } from '../domain/calendar/businessTime.js';
import type { Situation } from '../domain/emails/conditions.js';
import type { Delivery } from '../domain/emails/delivery.js';
import type { Account } from '../domain/referrals/access.js';
import { type Absence, absenceOn } from '../domain/referrals/assignment.js';
import type { Referral } from '../domain/referrals/referral.js';
import type { Parts } from './parts.js';

export interface Recipient {
  name: string;
  address: string;
}

/** `copy`: the mailbox that several people of the partner read, when its lead has given one. */
export interface Recipients {
  to: Recipient[];
  copy: Recipient[];
}

export type RecipientParts = Pick<Parts, 'absences' | 'accounts' | 'partnerSettings'>;

const asRecipient = ({ name, email }: Account): Recipient => ({ name, address: email });

/** Somebody away is stood in for by the deputy, when that person is there; else the e-mail waits for them. */
const orDeputy = async ({ accounts }: RecipientParts, account: Account, absences: Absence[], day: string) => {
  const deputy = absenceOn(absences, account.id, day)?.deputy;
  if (!deputy || absenceOn(absences, deputy, day)) return account;
  const there = await accounts.byId(deputy);
  return there?.partner === account.partner ? there : account;
};

/**
 * Who took it, or was given it, while in use at that partner, or the deputy; else every advisor who is there; else every
 * advisor, then the leads; else nobody.
 */
const advisorsFor = async (
  parts: RecipientParts,
  { takenBy, assignee, partner }: Referral,
  now: Date,
): Promise<Account[]> => {
  const { accounts } = parts;
  const absences = await parts.absences.ofPartner(partner);
  const day = localDay(nextBusinessInstant(now));
  for (const id of [takenBy, assignee]) {
    const given = id && (await accounts.byId(id));
    if (given && given.partner === partner) return [await orDeputy(parts, given, absences, day)];
  }
  const advisors = await accounts.active({ role: 'advisor', partner });
  const here = advisors.filter(({ id }) => !absenceOn(absences, id, day));
  if (here.length > 0) return here;
  return advisors.length > 0 ? advisors : accounts.active({ role: 'lead', partner });
};

const holderOf = ({ lastAddress }: Delivery, situation: Situation): Recipient => {
  if (lastAddress !== null) return { name: '', address: lastAddress };
  if (situation.about === 'project') {
    const { name, email } = situation.project.contact;
    if (!email) throw new Error('This holder has no address: what we would write is said');
    return { name, address: email };
  }
  const draft = situation.about === 'draft' ? situation.draft : null;
  if (!draft?.email) throw new Error('This draft has no address');
  return { name: draft.name, address: draft.email };
};

/** An e-mail to the account that it is about. */
const ownAddress = (situation: Situation): Recipient[] => {
  if (situation.about !== 'account' || !situation.account) throw new Error('This account is closed');
  return [asRecipient(situation.account)];
};

/** The partner's own people that an e-mail is for; nobody for one that managers get. */
const partnersPeople = (
  parts: RecipientParts,
  { audience }: Delivery,
  referral: Referral | null,
  now: Date,
): Promise<Account[]> | Account[] => {
  if (!referral) return [];
  if (audience === 'advisor') return advisorsFor(parts, referral, now);
  return audience === 'lead' ? parts.accounts.active({ role: 'lead', partner: referral.partner }) : [];
};

/**
 * To whom an e-mail goes, as things stand now. Managers get what a partner has nobody to receive. Throws when there is no
 * manager either: the e-mail is tried again, as after a failure of the mail server.
 */
export const emailRecipients = async (
  parts: RecipientParts,
  delivery: Delivery,
  situation: Situation,
  now: Date,
): Promise<Recipients> => {
  if (delivery.audience === 'holder') return { to: [holderOf(delivery, situation)], copy: [] };
  if (delivery.audience === 'account') return { to: ownAddress(situation), copy: [] };
  const referral = situation.about === 'project' ? situation.referral : null;
  const own = await partnersPeople(parts, delivery, referral, now);
  const people = own.length > 0 ? own : await parts.accounts.active({ role: 'manager' });
  if (people.length === 0) throw new Error('No manager has an account: there is nobody to write to');
  const isForPartner = referral !== null && delivery.audience !== 'manager';
  const mailbox = isForPartner ? (await parts.partnerSettings.read(referral.partner)).mailbox : '';
  const isNew = mailbox !== '' && people.every(({ email }) => email !== mailbox.toLowerCase());
  return { to: people.map(asRecipient), copy: isNew ? [{ name: '', address: mailbox }] : [] };
};
