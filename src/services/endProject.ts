import { ACTS } from '../domain/referrals/lifecycle.js';
import type { ProjectEvent } from '../domain/referrals/referral.js';
import type { Parts } from './parts.js';

export type EndParts = Pick<
  Parts,
  | 'clock'
  | 'counterDrafts'
  | 'deliveries'
  | 'drafts'
  | 'events'
  | 'inbox'
  | 'links'
  | 'noteDrafts'
  | 'notes'
  | 'projects'
  | 'referrals'
>;

/** How often to try again when an advisor acts at the same time; the sweep tries again after that. */
const TRIES = 20;

/** What follows when a holder takes the project back, or has it erased. Each step may be done twice. */
export const endProject = ({
  clock,
  counterDrafts,
  deliveries,
  drafts,
  inbox,
  links,
  noteDrafts,
  notes,
  referrals,
}: EndParts) => ({
  /** Ends the open referral, whatever an advisor does meanwhile. */
  async endReferral(project: string, at: Date): Promise<void> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const latest = (await referrals.ofProject(project)).at(-1);
      const isOpen = latest && (ACTS.withdraw.from as readonly string[]).includes(latest.state);
      if (!isOpen || (await referrals.withdraw(latest, at))) return;
    }
    throw new Error('The referral changes too fast to be withdrawn: to be tried again');
  },

  /** Forgets what the other records hold of a person: notes, links, the draft, e-mails owed, replies left to read. */
  async forgetProject(project: string, { id: event }: Pick<ProjectEvent, 'id'>): Promise<void> {
    await referrals.forgetNotes(project);
    await notes.removeOfProjects([project]);
    await noteDrafts.removeOfProjects([project]);
    await inbox.removeOfProjects([project]);
    await links.revoke(project, clock());
    await drafts.removeOfProject(project);
    await counterDrafts.removeOfProject(project);
    await deliveries.cancelOfProject(project, { because: 'erased', exceptOccasion: event });
  },
});
