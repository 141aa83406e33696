import type { Parts } from '../parts.js';
import type { Recipients } from './emailRecipients.js';

type Needs = { limits: Pick<Parts['limits'], 'take' | 'giveBack'> };

const domainsOf = ({ to, copy }: Recipients): string[] => [
  ...new Set([...to, ...copy].map(({ address }) => address.slice(address.lastIndexOf('@') + 1).toLowerCase())),
];

/** Counts one more e-mail to the mail domains of these recipients. Gives in how many seconds it may leave; 0: now. */
export const keepToRate = async ({ limits }: Needs, recipients: Recipients): Promise<number> => {
  const taken: string[] = [];
  for (const domain of domainsOf(recipients)) {
    const { allowed, retryInSeconds } = await limits.take('emails-to-domain', domain);
    if (!allowed) {
      await Promise.all(taken.map((other) => limits.giveBack('emails-to-domain', other)));
      return retryInSeconds;
    }
    taken.push(domain);
  }
  return 0;
};
