import { localDay } from '../../domain/calendar/businessTime.js';
import type { EmailId } from '../../domain/emails/catalogue.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import type { Digest } from '../../domain/emails/digest.js';
import type { EmailPreferences } from '../../domain/emails/preferences.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { type AdvisorDigestParts, advisorDigest } from './advisorDigest.js';
import { type ManagerDigestParts, managerDigest } from './managerDigest.js';

export type DigestParts = AdvisorDigestParts & ManagerDigestParts & Pick<Parts, 'deliveries'>;

interface Reader {
  account: Account;
  preferences: EmailPreferences;
}
/** `lastAt`: when the reader's last digest left; null: never, or long ago. */
type ReadDigest = (
  parts: DigestParts,
  delivery: Delivery,
  reading: Reader & { now: Date; lastAt: Date | null },
) => Promise<Digest | null>;

const DAY = 86_400_000;
/** How far back a last digest is looked for. */
const LOOKED_BACK_DAYS = 40;
/** What is new in a first digest. */
const FIRST_NEWS_DAYS = 14;
/** What came, in milliseconds, while the last one was leaving: rather told twice than never. */
const OVERLAP = 2 * 60_000;

const READ: Partial<Record<EmailId, ReadDigest>> = {
  'advisor-digest': async (parts, _delivery, { account, preferences, now, lastAt }) => {
    const { partner } = account;
    if (partner === null) return null;
    const since = new Date(lastAt ? lastAt.getTime() - OVERLAP : now.getTime() - FIRST_NEWS_DAYS * DAY);
    const newsSince = preferences.news === 'at-once' ? null : since;
    return advisorDigest(parts, { reader: { ...account, partner }, now, newsSince });
  },
  'manager-weekly': (parts, _delivery, { now }) => managerDigest(parts, { now }),
};

/**
 * What an e-mail that sums up what waits lists, as things stand now; null for the e-mails that do not, and when it has
 * nothing to say any more: the reader has unsubscribed, a later one is owed, or one has left today.
 */
export const digestFor =
  (parts: DigestParts) =>
  async (delivery: Delivery, reader: Reader, now: Date): Promise<Digest | null> => {
    const read = READ[delivery.email];
    if (!read || !reader.preferences.digest) return null;
    const others = await parts.deliveries.onOtherDays(
      delivery,
      localDay(new Date(now.getTime() - LOOKED_BACK_DAYS * DAY)),
    );
    const sent = others.flatMap(({ sentAt }) => sentAt ?? []);
    const isLate = others.some(({ occasion }) => occasion > delivery.occasion);
    if (isLate || sent.some((at) => localDay(at) === localDay(now))) return null;
    const lastAt = sent.length > 0 ? new Date(Math.max(...sent.map((at) => at.getTime()))) : null;
    return read(parts, delivery, { ...reader, now, lastAt });
  };
