import type { Reader } from '../../data/accounts.js';
import { localDay, nextBusinessInstant } from '../../domain/calendar/businessTime.js';
import { rowOf } from '../../domain/emails/catalogue.js';
import type { AccountSituation, Situation } from '../../domain/emails/conditions.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import { type Absence, absenceOn } from '../../domain/referrals/assignment.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Parts } from '../parts.js';

export interface Recipient {
  name: string;
  address: string;
}

/** `copy`: the mailbox that several people of the partner read, when its lead has given one. */
export interface Recipients {
  to: Recipient[];
  copy: Recipient[];
}

/** Why an e-mail is for nobody: it is cancelled. */
export interface Nobody {
  nobody: 'left to the digest' | 'address refused';
}

export type RecipientParts = Pick<Parts, 'absences' | 'accounts' | 'partnerSettings'>;

const asRecipient = ({ name, email }: Reader): Recipient => ({ name, address: email });

const receives = ({ mailRefused }: Reader): boolean => mailRefused === null;

/** Somebody away is stood in for by the deputy, when that person is there; else the e-mail waits for them. */
const orDeputy = (account: Reader, { team, absences, day }: { team: Reader[]; absences: Absence[]; day: string }) => {
  const deputy = absenceOn(absences, account.id, day)?.deputy;
  if (!deputy || absenceOn(absences, deputy, day)) return account;
  return team.find(({ id }) => id === deputy) ?? account;
};

/**
 * Who took it, or was given it, while in use at that partner, or the deputy; else every advisor who is there; else every
 * advisor, then the leads; else nobody. Those whose address is refused read nothing.
 */
const advisorsFor = (
  { takenBy, assignee }: Referral,
  people: { team: Reader[]; absences: Absence[]; day: string },
): Reader[] => {
  const { team, absences, day } = people;
  const given = team.find(({ id }) => id === takenBy) ?? team.find(({ id }) => id === assignee);
  const advisors = team.filter(({ role }) => role === 'advisor');
  const here = advisors.filter(({ id }) => !absenceOn(absences, id, day));
  const inTurn = [given ? [orDeputy(given, people)] : [], here, advisors, team.filter(({ role }) => role === 'lead')];
  return inTurn.map((each) => each.filter(receives)).find((each) => each.length > 0) ?? [];
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
const ownAddress = ({ account, mailRefused }: AccountSituation): Recipients | Nobody => {
  if (!account) throw new Error('This account is closed');
  const { name, email } = account;
  return mailRefused ? { nobody: 'address refused' } : { to: [{ name, address: email }], copy: [] };
};

/** The partner's own people that an e-mail is for; nobody for one that managers get. */
const partnersPeople = async (
  { accounts, absences }: RecipientParts,
  { audience }: Delivery,
  situation: Situation,
  now: Date,
): Promise<Reader[]> => {
  if (situation.about === 'account') {
    const { account } = situation;
    const team = audience === 'lead' && account?.partner ? await accounts.readersAt(account.partner) : [];
    return team.filter((reader) => reader.role === 'lead' && reader.id !== account?.id && receives(reader));
  }
  const referral = situation.about === 'project' ? situation.referral : null;
  if (!referral || audience === 'manager') return [];
  if (audience === 'lead')
    return (await accounts.readersAt(referral.partner)).filter((reader) => reader.role === 'lead' && receives(reader));
  const [team, away] = await Promise.all([accounts.readersAt(referral.partner), absences.ofPartner(referral.partner)]);
  return advisorsFor(referral, { team, absences: away, day: localDay(nextBusinessInstant(now)) });
};

const managers = async ({ accounts }: RecipientParts): Promise<Reader[]> => {
  const people = (await accounts.readersAt(null)).filter(receives);
  if (people.length === 0) throw new Error('No manager has an account that receives: there is nobody to write to');
  return people;
};

/** Those who prefer a digest read of it there. */
const atOnce = (people: Reader[], { email }: Delivery): Reader[] => {
  const row = rowOf(email);
  if (row.audience === 'holder' || row.preference !== 'digest will do') return people;
  return people.filter(({ role, preferences }) => role === 'manager' || preferences.news === 'at-once');
};

const mailboxOf = async ({ partnerSettings }: RecipientParts, { audience }: Delivery, situation: Situation) => {
  const referral = situation.about === 'project' ? situation.referral : null;
  return referral && audience !== 'manager' ? (await partnerSettings.read(referral.partner)).mailbox : '';
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
): Promise<Recipients | Nobody> => {
  if (delivery.audience === 'holder') return { to: [holderOf(delivery, situation)], copy: [] };
  if (delivery.audience === 'account' && situation.about === 'account') return ownAddress(situation);
  const [own, mailbox] = await Promise.all([
    partnersPeople(parts, delivery, situation, now),
    mailboxOf(parts, delivery, situation),
  ]);
  const people = atOnce(own.length > 0 ? own : await managers(parts), delivery);
  if (people.length === 0) return { nobody: 'left to the digest' };
  const isNew = mailbox !== '' && people.every(({ email }) => email !== mailbox.toLowerCase());
  return { to: people.map(asRecipient), copy: isNew ? [{ name: '', address: mailbox }] : [] };
};
