import { closedDays } from '../../domain/calendar/closures.js';
import { ACTS, basketOf } from '../../domain/referrals/lifecycle.js';
import { rankOf } from '../../domain/referrals/projectState.js';
import { DEPARTURE, type ProjectEvent, type Referral } from '../../domain/referrals/referral.js';
import { type AssignParts, assignAmongTeam } from '../assign.js';
import type { Parts } from '../parts.js';
import type { Settle } from '../settle.js';

export type HandOverAllParts = AssignParts &
  Pick<Parts, 'absences' | 'clock' | 'newId' | 'partnerSettings'> & { settleReferral: Settle['settleReferral'] };

type Change = Partial<Pick<Referral, 'state' | 'takenBy' | 'takenAt' | 'assignee' | 'assignedBecause' | 'attempts'>>;

/** How often a project that changes at the same moment is looked at again. */
const TRIES = 3;

/**
 * Gives all that somebody had at a partner to others, because that person has left: what was in hand is put back, and the
 * team's assignment chooses for each; with nobody left it waits for whoever takes it. Dates promised to holders stay. Each is
 * an event of the system. Nobody is stood in for by that person any more. Done again, it completes what was interrupted.
 */
export const handOverAll = (parts: HandOverAllParts) => {
  const { absences, accounts, clock, newId, partnerSettings, referrals, settleReferral } = parts;

  const move = async (referral: Referral, act: 'release' | 'transfer', change: Change): Promise<Referral | null> => {
    const at = clock();
    const next = { ...referral, ...change };
    const event: ProjectEvent = {
      id: newId(),
      project: referral.project,
      referral: referral.id,
      partner: referral.partner,
      type: ACTS[act].event,
      at,
      actor: { role: 'system', account: null },
      before: referral.state,
      after: next.state,
      reason: DEPARTURE,
      note: null,
      rank: rankOf({ ...referral, version: referral.version + 1 }),
      ...(act === 'transfer' && change.assignee && { to: change.assignee }),
    };
    const seen = { id: referral.id, version: referral.version, from: [referral.state] };
    const kept = { ...change, basket: basketOf(next), changedAt: at };
    const moved = await referrals.transition(seen, { change: kept, event, note: null });
    if (moved) await settleReferral(referral.id);
    return moved;
  };

  const NOBODY = { state: 'waiting', takenBy: null, takenAt: null, assignee: null, assignedBecause: null } as const;

  /** Null: somebody else acted on it in between. */
  const pass = async (referral: Referral): Promise<Referral | null> => {
    const { about, partner, state } = referral;
    const free = state === 'taken' ? await move(referral, 'release', { ...NOBODY, attempts: 0 }) : referral;
    if (!free) return null;
    const closures = closedDays((await partnerSettings.read(partner)).closures);
    const { assignee, because } = await assignAmongTeam(parts)({ partner, about, at: clock(), closures });
    if (assignee) await accounts.markGiven(assignee, clock());
    return move(free, 'transfer', { assignee, assignedBecause: because });
  };

  /** Gives how many projects went to others, or to whoever takes them. */
  return async (person: string, partner: string): Promise<number> => {
    let passed = 0;
    for (let tries = 0; tries < TRIES; tries += 1)
      for (const referral of await referrals.openOf({ id: person, partner })) if (await pass(referral)) passed += 1;
    await absences.forgetDeputy(person, partner);
    const own = await absences.ofAccount(person);
    if (own.absences.length > 0) await absences.save({ id: person, partner }, own.version, []);
    return passed;
  };
};
