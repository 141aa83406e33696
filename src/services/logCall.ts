import { CALL_RESULTS, type CallResult } from '../domain/referrals/lifecycle.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

/** A call, or an attempt: attempts are counted until somebody answers. `words`: for the partner's own people. */
export const logCall = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen, { result, words }: { result: CallResult; words: string | null }): Promise<Referral> =>
    act('logCall', seen, ({ attempts }) => {
      if (!Object.hasOwn(CALL_RESULTS, result)) throw new Invalid('Dites ce que l’appel a donné.');
      return { change: { attempts: result === 'reached' ? 0 : attempts + 1 }, reason: result, words };
    });
};
