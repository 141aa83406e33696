import { associatedId, newReferral } from '../domain/referrals/newReferral.js';
import type { Project, Referral } from '../domain/referrals/referral.js';
import { referralAbout } from '../domain/referrals/referralAbout.js';
import type { Parts } from './parts.js';

/** How often to try again when several partners are brought in at the same time; the sweep tries again after that. */
const TRIES = 20;

/**
 * Shows a project to a partner brought in beside the main one. Gives the referral: the new one, or the one that was there
 * when this step is taken up again after a crash.
 */
export const openAssociated =
  ({ referrals, territory }: Pick<Parts, 'referrals' | 'territory'>) =>
  async (project: Project, { partner, at }: { partner: string; at: Date }): Promise<Referral> => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const there = await referrals.associatedOf(project.id);
      const own = there.find((one) => one.partner === partner);
      if (own) return own;
      const referral = newReferral({
        id: associatedId(project.id, partner),
        project: project.id,
        partner,
        role: 'associated',
        sequence: (there.at(-1)?.sequence ?? 0) + 1,
        state: 'informed',
        about: referralAbout(project, territory),
        sentAt: at,
        // No clock runs for it.
        callBy: at,
        assignee: null,
        assignedBecause: null,
        demo: project.demo,
      });
      if (await referrals.insert(referral, [])) return referral;
    }
    throw new Error('Too many partners are brought in at once: to be tried again');
  };
