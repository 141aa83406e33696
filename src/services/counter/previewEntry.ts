import type { Submission } from '../../domain/questionnaire/submission.js';
import { toSubmission } from '../../domain/questionnaire/toSubmission.js';
import type { Account } from '../../domain/referrals/access.js';
import { NEAR_DAYS, tellsNearSame } from '../../domain/referrals/nearSame.js';
import type { Project } from '../../domain/referrals/referral.js';
import type { RoutingDecision } from '../../domain/routing/decision.js';
import { routeProject } from '../../domain/routing/routeProject.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import type { Parts } from '../parts.js';
import type { ActiveRuleset } from '../rules/activeRuleset.js';
import type { Entry } from './counterDrafts.js';

type Needs = Pick<Parts, 'clock' | 'projects' | 'referrals' | 'territory'> & { activeRuleset: ActiveRuleset };

/** Another project of the same person that says nearly the same, and its referral at the reader's partner, if any. */
export interface NearEntry {
  project: Project;
  referral: string | null;
}

/** What the rules would do with it, before anything is final. */
export interface Preview {
  submission: Submission;
  decision: RoutingDecision;
  ruleset: Ruleset;
  near: NearEntry | null;
}

const DAY = 24 * 3600 * 1000;

/** Staff type: nothing of it is suspect, whatever the words. */
export const submissionOf = ({ answers }: Entry, { territory }: Pick<Parts, 'territory'>): Submission =>
  toSubmission(answers, territory, 'fr', { atCounter: true });

/** A hint, never a wall; a partner's people learn of none but their own. */
const nearOf = async (parts: Needs, by: Account, { contact, facts }: Submission): Promise<NearEntry | null> => {
  const since = new Date(parts.clock().getTime() - NEAR_DAYS * DAY);
  const found = await parts.projects.ofPerson(contact, since);
  for (const project of found.filter((each) => !each.withdrawnAt && tellsNearSame(each.facts, facts))) {
    const held = await parts.referrals.ofProject(project.id);
    const own = held.find(({ partner }) => partner === by.partner);
    if (own || by.role === 'manager') return { project, referral: own?.id ?? null };
  }
  return null;
};

/** Routes what was entered by the rules in force and keeps nothing. Throws Invalid while an answer is missing. */
export const previewEntry =
  (parts: Needs) =>
  async (by: Account, entry: Entry): Promise<Preview> => {
    const submission = submissionOf(entry, parts);
    const { ruleset } = await parts.activeRuleset();
    const decision = routeProject(submission.facts, ruleset, parts.territory);
    return { submission, decision, ruleset, near: await nearOf(parts, by, submission) };
  };
