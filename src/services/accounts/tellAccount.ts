import type { EmailId } from '../../domain/emails/catalogue.js';
import { planAccountEmail } from '../../domain/emails/planEmails.js';
import type { Parts } from '../parts.js';

export type TellParts = Pick<Parts, 'clock' | 'deliveries' | 'enqueue' | 'newId'>;

/** E-mails about an account, to its person. */
type AccountNews = Extract<EmailId, `account-${string}`>;

/**
 * Owes somebody an e-mail about the own account. The queue is not waited for: while Redis is away it takes a second, which would
 * tell who asks for a link that the address has an account.
 */
export const tellAccount = async (
  { clock, deliveries, enqueue, newId }: TellParts,
  account: { id: string },
  which: AccountNews,
): Promise<void> => {
  const at = clock();
  const due = await deliveries.plan([planAccountEmail(account, { which, at, occasion: newId() })], at);
  if (due.length > 0) void enqueue(due);
};
