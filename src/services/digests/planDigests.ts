import type { EmailId } from '../../domain/emails/catalogue.js';
import { planAccountEmail } from '../../domain/emails/planEmails.js';
import type { EmailPreferences } from '../../domain/emails/preferences.js';
import type { Account, Role } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'deliveries' | 'enqueue'>;

interface Digests {
  which: EmailId;
  roles: readonly Role[];
  wants: (preferences: EmailPreferences) => boolean;
}

/** Who gets which of the e-mails that sum up what waits. Nobody who has unsubscribed from them. */
const DIGESTS = {
  /** On mornings between two Mondays, those who chose one message a day. */
  daily: { which: 'advisor-digest', roles: ['advisor', 'lead'], wants: ({ news }) => news === 'daily' },
  weekly: { which: 'advisor-digest', roles: ['advisor', 'lead'], wants: () => true },
  managers: { which: 'manager-weekly', roles: ['manager'], wants: () => true },
} as const satisfies Record<string, Digests>;

/** Accounts at a time. */
const BATCH = 200;

/**
 * Owes the digests of one slot of the timetable (its day, as "2026-12-08"), once however often it is asked; gives for how many
 * accounts. Whether anything waits for them is asked when the e-mail is about to leave.
 */
export const planDigests = ({ accounts, clock, deliveries, enqueue }: Needs) => {
  const readersAmong = async (batch: Account[], { wants }: Digests): Promise<Account[]> => {
    const states = await accounts.emailStateOf(batch.map(({ id }) => id));
    return batch.filter(({ id }) => {
      const state = states.get(id);
      return state && !state.mailRefused && state.preferences.digest && wants(state.preferences);
    });
  };

  return (kind: keyof typeof DIGESTS) =>
    async (day: string): Promise<number> => {
      const digests: Digests = DIGESTS[kind];
      const all = (await Promise.all(digests.roles.map((role) => accounts.active({ role })))).flat();
      let planned = 0;
      for (let from = 0; from < all.length; from += BATCH) {
        const readers = await readersAmong(all.slice(from, from + BATCH), digests);
        const when = { which: digests.which, at: clock(), occasion: day };
        const due = await deliveries.plan(
          readers.map((account) => planAccountEmail(account, when)),
          clock(),
        );
        if (due.length > 0) await enqueue(due);
        planned += readers.length;
      }
      return planned;
    };
};
