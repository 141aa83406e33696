import { endOfBusinessDay } from '../domain/calendar/businessTime.js';
import { basketOf, PROMISED_DAYS } from '../domain/referrals/lifecycle.js';
import type { Project, ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { referralAbout } from '../domain/referrals/referralAbout.js';
import type { Parts } from './parts.js';

type Needs = Pick<Parts, 'accounts' | 'newId' | 'referrals' | 'territory'>;

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
 * Puts a project into a partner's queue and gives it to the advisor who has the fewest in hand. Gives the referral:
 * the new one, or the one that was there when this step is taken up again after a crash.
 */
export const openReferral =
  ({ accounts, newId, referrals, territory }: Needs) =>
  async ({ project, partner, sequence, at, actor, reason }: NewReferral): Promise<Referral & { isNew: boolean }> => {
    const referral: Referral = {
      id: newId(),
      project: project.id,
      partner,
      role: 'main',
      sequence,
      state: 'waiting',
      basket: basketOf({ state: 'waiting', asked: null }),
      about: referralAbout(project, territory),
      version: 1,
      sentAt: at,
      callBy: endOfBusinessDay(at, PROMISED_DAYS),
      assignee: await leastBusy({ accounts, referrals }, partner),
      assignedBecause: null,
      takenBy: null,
      takenAt: null,
      closedAt: null,
      declineReason: null,
      outcome: null,
      help: null,
      asked: null,
      attempts: 0,
      appointment: null,
      changedAt: at,
      notes: [],
      demo: project.demo,
    };
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
    };
    if (await referrals.insert(referral, [sent])) return { ...referral, isNew: true };
    const there = (await referrals.ofProject(project.id)).find((other) => other.sequence === sequence);
    return { ...(there ?? referral), isNew: false };
  };

/** The partner's advisor with the fewest open referrals, the first by id when several; null when there is none. */
const leastBusy = async ({ accounts, referrals }: Pick<Parts, 'accounts' | 'referrals'>, partner: string) => {
  const advisors = (await accounts.active({ role: 'advisor', partner })).map(({ id }) => id);
  const open = await referrals.openCountByAssignee(advisors);
  const load = (id: string): number => open.get(id) ?? 0;
  return advisors.sort((a, b) => load(a) - load(b) || a.localeCompare(b))[0] ?? null;
};
