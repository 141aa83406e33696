import type { EmailId } from '../../domain/emails/catalogue.js';
import { planAccountEmail } from '../../domain/emails/planEmails.js';
import type { Parts } from '../parts.js';

export type TellParts = Pick<Parts, 'clock' | 'deliveries' | 'enqueue' | 'newId'>;

/** What an account's person is told of what happened to the account. */
export type AccountNews = Extract<EmailId, `account-${string}`>;

/** Owes somebody an e-mail about what has just happened to the own account. The queue is not waited for. */
export const tellAccount = async (
  { clock, deliveries, enqueue, newId }: TellParts,
  account: { id: string },
  which: AccountNews,
): Promise<void> => {
  const at = clock();
  const due = await deliveries.plan([planAccountEmail(account, { which, at, occasion: newId() })], at);
  if (due.length > 0) void enqueue(due);
};
