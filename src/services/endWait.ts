import { closedDays } from '../domain/calendar/closures.js';
import { ACTS, basketOf } from '../domain/referrals/lifecycle.js';
import { rankOf } from '../domain/referrals/projectState.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { callByAfterWait } from '../domain/referrals/waitForHolder.js';
import type { Parts } from './parts.js';

type Needs = Pick<Parts, 'clock' | 'partnerSettings' | 'referrals'>;

/** How often to try again when an advisor acts at the same time; the sweep tries again after that. */
const TRIES = 20;

/** Why the wait ends: what the holder wrote (the event of it), or nothing at all. */
type Because = { act: 'answer'; said: ProjectEvent } | { act: 'endWait' };

/**
 * Ends a referral's wait for the holder: the due date moves by the business time that passed meanwhile. One guarded write,
 * tried again when an advisor was faster; nothing when the wait is over already, or began after what was said. True: it
 * ended now, and what follows is to be settled.
 */
export const endWait =
  ({ clock, partnerSettings, referrals }: Needs) =>
  async (id: string, because: Because): Promise<boolean> => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const referral = await referrals.byId(id);
      const at = because.act === 'answer' ? because.said.at : clock();
      if (!referral || !mayEnd(referral, because.act, at)) return false;
      const closures = closedDays((await partnerSettings.read(referral.partner)).closures);
      const callBy = callByAfterWait(referral.callBy, referral.asked, { endedAt: at, closures });
      const event = eventOf(referral, because, { at, callBy });
      const change = { asked: null, callBy, basket: basketOf({ state: referral.state, asked: null }), changedAt: at };
      const guard = { id, version: referral.version, from: ACTS[because.act].from };
      if (await referrals.transition(guard, { change, event, note: null })) return true;
    }
    throw new Error('The referral changes too fast to end its wait: to be tried again');
  };

type Asked = Referral & { asked: NonNullable<Referral['asked']> };

const mayEnd = (referral: Referral, act: Because['act'], at: Date): referral is Asked => {
  const { asked, state } = referral;
  if (!asked || !(ACTS[act].from as readonly string[]).includes(state)) return false;
  return act === 'answer' ? asked.at <= at : asked.until <= at;
};

const eventOf = (referral: Asked, because: Because, { at, callBy }: { at: Date; callBy: Date }): ProjectEvent => {
  const { project, partner, state, asked } = referral;
  const isAnswer = because.act === 'answer';
  return {
    // What was said ends one wait; a wait ends once.
    id: isAnswer ? `${because.said.id}:answer` : `${referral.id}:waited:${asked.note}`,
    project,
    referral: referral.id,
    partner,
    type: ACTS[because.act].event,
    at,
    actor: { role: isAnswer ? 'holder' : 'system', account: null },
    before: state,
    after: state,
    reason: null,
    note: isAnswer ? because.said.note : null,
    rank: rankOf({ ...referral, version: referral.version + 1 }),
    callBy,
  };
};
