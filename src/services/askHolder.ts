import type { Referral } from '../domain/referrals/referral.js';
import { waitsUntil } from '../domain/referrals/waitForHolder.js';
import { Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** Asks the holder for a detail. The due date stands still until the answer, or the end of the 10th business day. */
export const askHolder = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen, { question }: { question: string }): Promise<Referral> =>
    act('askHolder', seen, ({ asked }, { at, note }) => {
      if (question.trim() === '') throw new Invalid('Écrivez votre question.');
      // Asked again, the clock stands still since the first question.
      const waiting = { at: asked?.at ?? at, until: waitsUntil(at), note };
      return { change: { asked: waiting }, words: question.trim() };
    });
};
