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

/** The advisor it was given to while in use at that partner, else everyone there, else nobody. */
const advisorsFor = async ({ accounts }: Needs, { assignee, partner }: Referral): Promise<Account[]> => {
  const given = assignee && (await accounts.byId(assignee));
  if (given && given.partner === partner) return [given];
  return accounts.active({ role: 'advisor', partner });
};

/**
 * To whom an e-mail goes, as things stand now. Managers get what a partner has nobody to receive. Throws when there is no
 * manager either: the e-mail is tried again, as after a failure of the mail server.
 */
export const emailRecipients = async (
  parts: Needs,
  { audience }: Delivery,
  { project, referral }: Situation,
): Promise<Recipient[]> => {
  if (audience === 'holder') return [{ name: project.contact.name, address: project.contact.email }];
  const advisors = audience === 'advisor' && referral ? await advisorsFor(parts, referral) : [];
  const people = advisors.length > 0 ? advisors : await parts.accounts.active({ role: 'manager' });
  if (people.length === 0) throw new Error('No manager has an account: there is nobody to write to');
  return people.map(asRecipient);
};
