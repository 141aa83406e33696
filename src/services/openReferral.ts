import { endOfBusinessDay } from '../domain/calendar/businessTime.js';
import { closedDays } from '../domain/calendar/closures.js';
import { PROMISED_DAYS } from '../domain/referrals/lifecycle.js';
import { newReferral } from '../domain/referrals/newReferral.js';
import { rankOf } from '../domain/referrals/projectState.js';
import type { Project, ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { referralAbout } from '../domain/referrals/referralAbout.js';
import { type AssignParts, assignAmongTeam } from './assign.js';
import type { Parts } from './parts.js';

export type OpenParts = AssignParts & Pick<Parts, 'newId' | 'partnerSettings' | 'territory'>;

interface OpenedReferral {
  referral: Referral;
  left: ProjectEvent[];
  isNew: boolean;
}

interface NewReferral {
  project: Project;
  partner: string;
  sequence: number;
  at: Date;
  actor: ProjectEvent['actor'];
  /** Code of why it is sent there by a person; null when the rules did. */
  reason: string | null;
}

/**
 * Puts a project into a partner's queue and gives it to whom `assign` chooses. Gives the referral, and what is left to carry
 * out of it: the new one, or the one that was there when this step is taken up again after a crash.
 */
export const openReferral =
  (parts: OpenParts) =>
  async ({ project, partner, sequence, at, actor, reason }: NewReferral): Promise<OpenedReferral> => {
    const { accounts, newId, partnerSettings, referrals, territory } = parts;
    const about = referralAbout(project, territory);
    const closures = closedDays((await partnerSettings.read(partner)).closures);
    const { assignee, because } = await assignAmongTeam(parts)({ partner, about, at, closures });
    const referral = newReferral({
      id: newId(),
      project: project.id,
      partner,
      role: 'main',
      sequence,
      state: 'waiting',
      about,
      sentAt: at,
      callBy: endOfBusinessDay(at, PROMISED_DAYS, closures),
      assignee,
      assignedBecause: because,
      demo: project.demo,
    });
    const sent: ProjectEvent = {
      id: newId(),
      project: project.id,
      referral: referral.id,
      partner,
      type: 'referred',
      at,
      actor,
      before: null,
      after: 'waiting',
      reason,
      note: null,
      rank: rankOf(referral),
      callBy: referral.callBy,
    };
    if (await referrals.insert(referral, [sent])) {
      if (assignee) await accounts.markGiven(assignee, at);
      return { referral, left: [sent], isNew: true };
    }
    const there = (await referrals.ofProject(project.id)).find((other) => other.sequence === sequence) ?? referral;
    const found = await referrals.toSettle(there.id);
    return { ...(found ?? { referral: there, left: [] }), isNew: false };
  };
