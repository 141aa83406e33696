import { referralAbout } from '../domain/referrals/referralAbout.js';
import type { Parts } from './parts.js';

/**
 * What lists show and search of a project, once its holder has written or put something right: an open list is told that it
 * changed. An erasure at the same time wins, whichever of the two writes last.
 */
export const refreshAbout =
  ({ projects, referrals, territory }: Pick<Parts, 'projects' | 'referrals' | 'territory'>) =>
  async (id: string, at: Date): Promise<void> => {
    const project = await projects.byId(id);
    if (!project) return;
    await referrals.refreshAbout(id, referralAbout(project, territory), at);
    if ((await projects.byId(id))?.erasedAt) await referrals.forgetNotes(id);
  };
