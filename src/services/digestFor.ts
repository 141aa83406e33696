import type { Delivery } from '../domain/emails/delivery.js';
import type { Digest } from '../domain/emails/digest.js';
import type { Account } from '../domain/referrals/access.js';
import type { Parts } from './parts.js';

export type DigestParts = Pick<Parts, 'addresses' | 'deliveries' | 'projects' | 'referrals' | 'territory'>;

/** What an e-mail that sums up what waits lists, as things stand now; null for the e-mails that do not. */
export const digestFor =
  (_parts: DigestParts) =>
  async (_delivery: Delivery, _account: Account, _now: Date): Promise<Digest | null> =>
    null;
