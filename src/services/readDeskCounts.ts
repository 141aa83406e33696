import { type Account, may } from '../domain/referrals/access.js';
import type { Parts } from './parts.js';

/** What waits for somebody, for the menu; null: not theirs to see. COUNTED + 1 stands for more. */
export interface DeskCounts {
  inTriage: number | null;
  late: number | null;
}

/** Two counts of keys at most: read with each page of the desk. */
export const readDeskCounts =
  ({ clock, projects, referrals }: Pick<Parts, 'clock' | 'projects' | 'referrals'>) =>
  async (reader: Account): Promise<DeskCounts> => ({
    inTriage: may(reader, 'seeTriage') ? await projects.countInTriage() : null,
    late: reader.partner && may(reader, 'seeQueue') ? await referrals.countLate(reader.partner, clock()) : null,
  });
