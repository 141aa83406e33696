import { localDay, startOfLocalDay } from '../domain/calendar/businessTime.js';
import { closedDays } from '../domain/calendar/closures.js';
import { type Absence, type Assignment, absenceOn } from '../domain/referrals/assignment.js';
import { ACTS } from '../domain/referrals/lifecycle.js';
import { rankOf } from '../domain/referrals/projectState.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { type AssignParts, assignAmongTeam } from './assign.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

export type HandOverParts = AssignParts &
  Pick<Parts, 'clock' | 'newId' | 'partnerSettings'> & { settleReferral: Settle['settleReferral'] };

/** How many projects went to somebody else, and how many wait for whoever takes them. */
export interface HandedOver {
  given: number;
  left: number;
}

/** Would the date promised to the holder pass while this person is away? */
const wouldPass = ({ callBy }: Referral, { from, to }: Absence, today: string): boolean => {
  const day = localDay(callBy);
  return day <= to && (day >= from || from <= today);
};

/**
 * Gives what somebody who will be away has not taken in hand, and whose date would pass meanwhile, to the deputy, or to whom
 * the team's assignment chooses; with nobody left it waits for whoever takes it. Each is an event of the system. What changes
 * in between is left to who changed it.
 */
export const handOver = (parts: HandOverParts) => {
  const { absences, accounts, clock, newId, partnerSettings, referrals, settleReferral } = parts;

  const deputyOf = async (absence: Absence, partner: string, day: string): Promise<Assignment | null> => {
    const { account, deputy, to } = absence;
    const isHere = (await accounts.team(partner)).some(({ id }) => id === deputy);
    if (deputy === null || !isHere || absenceOn(await absences.ofPartner(partner), deputy, day)) return null;
    return { assignee: deputy, because: { code: 'deputy', deputyOf: account, until: to } };
  };

  const give = async (referral: Referral, { assignee, because }: Assignment, at: Date): Promise<boolean> => {
    const event: ProjectEvent = {
      id: newId(),
      project: referral.project,
      referral: referral.id,
      partner: referral.partner,
      type: ACTS.transfer.event,
      at,
      actor: { role: 'system', account: null },
      before: referral.state,
      after: referral.state,
      reason: 'absence',
      note: null,
      rank: rankOf({ ...referral, version: referral.version + 1 }),
      ...(assignee !== null && { to: assignee }),
    };
    const change = { assignee, assignedBecause: because, changedAt: at };
    const seen = { id: referral.id, version: referral.version, from: ['waiting'] } as const;
    if (!(await referrals.transition(seen, { change, event, note: null }))) return false;
    if (assignee) await accounts.markGiven(assignee, at);
    await settleReferral(referral.id);
    return true;
  };

  return async (partner: string, absence: Absence): Promise<HandedOver> => {
    const now = clock();
    const at = new Date(Math.max(now.getTime(), startOfLocalDay(absence.from).getTime()));
    const closures = closedDays((await partnerSettings.read(partner)).closures);
    const deputy = await deputyOf(absence, partner, localDay(at));
    const done = { given: 0, left: 0 };
    for (const referral of await referrals.waitingOf({ id: absence.account, partner })) {
      if (!wouldPass(referral, absence, localDay(now))) continue;
      const chosen = deputy ?? (await assignAmongTeam(parts)({ partner, about: referral.about, at, closures }));
      if (await give(referral, chosen, now)) done[chosen.assignee ? 'given' : 'left'] += 1;
    }
    return done;
  };
};
