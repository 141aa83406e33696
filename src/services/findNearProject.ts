import type { Submission } from '../domain/questionnaire/submission.js';
import { isNearSame, NEAR_DAYS } from '../domain/referrals/nearSame.js';
import type { Parts } from './parts.js';

const DAY = 24 * 3600 * 1000;

export type NearParts = Pick<Parts, 'clock' | 'drafts' | 'projects'>;

/** A project that was sent already, and whether from this very browser. */
export interface NearProject {
  id: string;
  isOwn: boolean;
}

/**
 * The newest project of the same e-mail, sent within 14 days, that tells nearly the same; null when there is none. One that
 * was taken back by its holder, or erased, stands in nobody's way. Two browsers that send in the same instant do not see
 * each other: each makes its project, and a person sees both side by side.
 */
export const findNearProject =
  ({ clock, drafts, projects }: NearParts) =>
  async (visitor: string, { contact, facts }: Submission): Promise<NearProject | null> => {
    const since = new Date(clock().getTime() - NEAR_DAYS * DAY);
    const before = contact.email ? await projects.byEmail(contact.email, since) : [];
    const near = before.find((project) => !project.withdrawnAt && isNearSame(project.facts, facts));
    if (!near) return null;
    const draft = await drafts.read(visitor);
    // Sent while this request was under way (a double click): that is no second project.
    if (draft?.lastProject || (draft && (await projects.byDraft(draft.id))?.id === near.id)) return null;
    return { id: near.id, isOwn: (await drafts.sentBy(visitor)).includes(near.id) };
  };

/** A new link to that project, for the browser that sent it; null for any other: its link goes by e-mail only. */
export const openNearProject =
  (parts: NearParts & Pick<Parts, 'links'>) =>
  async (visitor: string, submission: Submission): Promise<string | null> => {
    const near = await findNearProject(parts)(visitor, submission);
    return near?.isOwn ? parts.links.create({ purpose: 'follow-up', project: near.id }, parts.clock()) : null;
  };
