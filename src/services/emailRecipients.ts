import type { Situation } from '../domain/emails/conditions.js';
import type { Delivery } from '../domain/emails/delivery.js';
import type { Account } from '../domain/referrals/access.js';
import type { Referral } from '../domain/referrals/referral.js';
import type { Parts } from './parts.js';

export interface Recipient {
  name: string;
  address: string;
}

type Needs = Pick<Parts, 'accounts'>;

const asRecipient = ({ name, email }: Account): Recipient => ({ name, address: email });

/** Who took it, or was given it, while in use at that partner; else everyone there, else nobody. */
const advisorsFor = async ({ accounts }: Needs, { takenBy, assignee, partner }: Referral): Promise<Account[]> => {
  for (const id of [takenBy, assignee]) {
    const given = id && (await accounts.byId(id));
    if (given && given.partner === partner) return [given];
  }
  return accounts.active({ role: 'advisor', partner });
};

const holderOf = ({ lastAddress }: Delivery, situation: Situation): Recipient => {
  if (lastAddress !== null) return { name: '', address: lastAddress };
  if (situation.about === 'project') {
    const { name, email } = situation.project.contact;
    if (!email) throw new Error('This holder has no address: what we would write is said');
    return { name, address: email };
  }
  const { draft } = situation;
  if (!draft?.email) throw new Error('This draft has no address');
  return { name: draft.name, address: draft.email };
};

/**
 * To whom an e-mail goes, as things stand now. Managers get what a partner has nobody to receive. Throws when there is no
 * manager either: the e-mail is tried again, as after a failure of the mail server.
 */
export const emailRecipients = async (parts: Needs, delivery: Delivery, situation: Situation): Promise<Recipient[]> => {
  if (delivery.audience === 'holder') return [holderOf(delivery, situation)];
  const referral = situation.about === 'project' ? situation.referral : null;
  const advisors = delivery.audience === 'advisor' && referral ? await advisorsFor(parts, referral) : [];
  const people = advisors.length > 0 ? advisors : await parts.accounts.active({ role: 'manager' });
  if (people.length === 0) throw new Error('No manager has an account: there is nobody to write to');
  return people.map(asRecipient);
};
