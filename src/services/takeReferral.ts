import type { Referral } from '../domain/referrals/referral.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** Commits to call the holder. */
export const takeReferral = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen): Promise<Referral> =>
    act('take', seen, (_referral, { at }) => ({
      change: { state: 'taken', takenBy: seen.by.id, assignee: seen.by.id, takenAt: at, attempts: 0 },
    }));
};
