import { type CloseOutcome, DECLINE_REASONS, type DeclineReason } from '../domain/referrals/lifecycle.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** The acts of an advisor on a referral of the own partner. */
export const actOnReferral = (parts: ActParts) => {
  const { clock } = parts;
  const act = actOn(parts);

  return {
    /** Commits to call the holder. */
    takeReferral: (seen: Seen): Promise<Referral> => {
      const change = { state: 'taken', takenBy: seen.by.id, assignee: seen.by.id, takenAt: clock() } as const;
      return act('take', seen, { change });
    },

    /** Sends the project back to triage, with a reason code and words for whoever chooses the next partner. */
    declineReferral: (
      seen: Seen,
      { reason, words }: { reason: DeclineReason; words: string | null },
    ): Promise<Referral> => {
      if (!Object.hasOwn(DECLINE_REASONS, reason)) throw new Invalid('Choisissez un motif de la liste.');
      const change = { state: 'declined', declineReason: reason, closedAt: clock() } as const;
      return act('decline', seen, { change, reason, words });
    },

    /** Ends the referral with an outcome; the words go to the holder. */
    closeReferral: (
      seen: Seen,
      { outcome, words }: { outcome: CloseOutcome; words: string | null },
    ): Promise<Referral> => {
      return act('close', seen, { change: { state: outcome, outcome, closedAt: clock() }, reason: outcome, words });
    },
  };
};
