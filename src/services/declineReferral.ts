import { DECLINE_REASONS, type DeclineReason } from '../domain/referrals/lifecycle.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** Sends the project back to triage, with a reason code and words for whoever chooses the next partner. */
export const declineReferral = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen, { reason, words }: { reason: DeclineReason; words: string | null }): Promise<Referral> =>
    act('decline', seen, (_referral, { at }) => {
      if (!Object.hasOwn(DECLINE_REASONS, reason)) throw new Invalid('Choisissez un motif de la liste.');
      return { change: { state: 'declined', declineReason: reason, closedAt: at, asked: null }, reason, words };
    });
};
