import type { ProcessCounts } from '../processCounts.js';
import type { SendDelivery } from './sendDelivery.js';

/** Sends an e-mail owed, and counts what became of it. */
export const countEmails =
  (send: SendDelivery, { emails }: Pick<ProcessCounts, 'emails'>): SendDelivery =>
  async (id) => {
    try {
      const became = await send(id);
      emails.add(became);
      return became;
    } catch (error) {
      emails.add('to try again');
      throw error;
    }
  };
