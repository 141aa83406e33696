import { ACTS, basketOf, EXPIRES_AFTER_DAYS } from '../domain/referrals/lifecycle.js';
import { rankOf } from '../domain/referrals/projectState.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { logger } from '../logger.js';
import { endWait } from './endWait.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = Pick<Parts, 'clock' | 'partnerSettings' | 'referrals'> & { settleReferral: Settle['settleReferral'] };

const DAY = 86_400_000;

/** At most in one sweep: the next minute takes the rest. */
const AT_MOST = 500;

/**
 * What time does to referrals: one that nobody took in 45 days goes back to triage, and one that waits for a holder who does
 * not answer goes on without. Asks what is due and not done, in guarded writes: done twice, it is done once. Gives how many
 * it changed.
 */
export const expire = (parts: Needs) => {
  const { clock, referrals, settleReferral } = parts;

  const expireOne = async (referral: Referral): Promise<boolean> => {
    const at = clock();
    const change = { state: 'expired', closedAt: at, asked: null, changedAt: at } as const;
    const basket = basketOf({ state: 'expired', asked: null });
    const guard = { id: referral.id, version: referral.version, from: ACTS.expire.from };
    const event = expiryOf(referral, at);
    return (await referrals.transition(guard, { change: { ...change, basket }, event, note: null })) !== null;
  };

  const each = async <Due>(due: Due[], idOf: (one: Due) => string, change: (one: Due) => Promise<boolean>) => {
    let changed = 0;
    for (const one of due) {
      const id = idOf(one);
      try {
        if (!(await change(one))) continue;
        changed += 1;
        await settleReferral(id);
      } catch (error) {
        logger.error({ err: error, id }, 'could not do what time does to a referral');
      }
    }
    return changed;
  };

  return async (): Promise<number> => {
    const now = clock();
    const old = await referrals.waitingSince(new Date(now.getTime() - EXPIRES_AFTER_DAYS * DAY), AT_MOST);
    const expired = await each(old, ({ id }) => id, expireOne);
    const silent = await referrals.askedUntil(now, AT_MOST);
    const end = endWait(parts);
    return expired + (await each(silent, String, (id) => end(id, { act: 'endWait' })));
  };
};

const expiryOf = (referral: Referral, at: Date): ProjectEvent => ({
  id: `${referral.id}:expired:${referral.version}`,
  project: referral.project,
  referral: referral.id,
  partner: referral.partner,
  type: ACTS.expire.event,
  at,
  actor: { role: 'system', account: null },
  before: referral.state,
  after: 'expired',
  reason: null,
  note: null,
  rank: rankOf({ ...referral, version: referral.version + 1 }),
});
