import type { Referral } from '../domain/referrals/referral.js';
import { Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** Sends the holder a message that awaits no answer: nothing else changes. It is told on the telephone to whoever has no e-mail. */
export const writeToHolder = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen, { words }: { words: string }): Promise<Referral> =>
    act('write', seen, () => {
      if (words.trim() === '') throw new Invalid('Écrivez votre message.');
      return { change: {}, words: words.trim() };
    });
};
