import { type Account, may } from '../domain/referrals/access.js';
import type { Parts } from './parts.js';
import type { QueueCounts } from './queueCounts.js';

/** What waits for somebody, for the menu; null: not theirs to see. COUNTED + 1 stands for more. */
export interface DeskCounts {
  inTriage: number | null;
  late: number | null;
}

/** A count of keys at most, and when the queue last changed: read with each page of the desk. */
export const readDeskCounts =
  ({ projects, queueCounts, referrals }: Pick<Parts, 'projects' | 'referrals'> & { queueCounts: QueueCounts }) =>
  async (reader: Account): Promise<DeskCounts> => {
    const late = async (partner: string): Promise<number> =>
      queueCounts.late(partner, await referrals.changedAt(partner));
    return {
      inTriage: may(reader, 'seeTriage') ? await projects.countInTriage() : null,
      late: reader.partner && may(reader, 'seeQueue') ? await late(reader.partner) : null,
    };
  };
