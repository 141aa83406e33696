import type { Referral } from '../domain/referrals/referral.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** Puts it back for any colleague to take. The promise made to the holder stays: `callBy` does not move. */
export const releaseReferral = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen): Promise<Referral> =>
    act('release', seen, () => ({
      change: { state: 'waiting', takenBy: null, takenAt: null, assignee: null, assignedBecause: null, attempts: 0 },
    }));
};
