import { CLOSE_OUTCOMES, type CloseOutcome, HELP_KINDS, type HelpKind } from '../domain/referrals/lifecycle.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** `help`: what kind of help there was, once helped. `words`: for the holder. */
export interface Closing {
  outcome: CloseOutcome;
  help?: HelpKind | null;
  words: string | null;
}

/** Ends the referral with an outcome; the words go to the holder. */
export const closeReferral = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen, { outcome, help = null, words }: Closing): Promise<Referral> =>
    act('close', seen, (_referral, { at }) => {
      if (!Object.hasOwn(CLOSE_OUTCOMES, outcome)) throw new Invalid('Choisissez une réponse de la liste.');
      const isHelped = outcome === 'helped';
      if (isHelped && (help === null || !Object.hasOwn(HELP_KINDS, help)))
        throw new Invalid('Choisissez le genre d’aide dans la liste.');
      const change = { state: outcome, outcome, help: isHelped ? help : null, closedAt: at, asked: null };
      return { change, reason: outcome, words };
    });
};
