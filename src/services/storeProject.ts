import type { Submission } from '../domain/questionnaire/submission.js';
import { projectState } from '../domain/referrals/projectState.js';
import type { Project, ProjectEvent } from '../domain/referrals/referral.js';
import type { Parts } from './parts.js';

type Needs = Pick<Parts, 'counts' | 'newId' | 'newReference' | 'projects'>;

interface NewProject
  extends Pick<Project, 'decision' | 'flags' | 'channel' | 'consent' | 'override' | 'submittedAt' | 'demo'> {
  submission: Submission;
  /** The draft that it comes from: two of them never make two projects. */
  draft: string;
  actor: ProjectEvent['actor'];
}

/** The first durable write of a project, with its event. `isNew`: false when this draft had become a project before. */
export const storeProject =
  (parts: Needs) =>
  async ({ submission, draft, actor, ...rest }: NewProject): Promise<{ project: Project; isNew: boolean }> => {
    for (;;) {
      const project: Project = {
        ...submission,
        ...rest,
        id: parts.newId(),
        reference: parts.newReference(rest.submittedAt),
        state: projectState(rest.decision, null),
        messages: [],
        survey: null,
        withdrawnAt: null,
        erasedAt: null,
      };
      if (await parts.projects.insert(project, draft, [submittedEvent(parts.newId(), project, actor)])) {
        parts.counts.decisions.add(project.decision.outcome);
        return { project, isNew: true };
      }
      const first = await parts.projects.byDraft(draft);
      if (first) return { project: first, isNew: false };
    }
  };

const submittedEvent = (
  id: string,
  { id: project, submittedAt, decision }: Project,
  actor: ProjectEvent['actor'],
): ProjectEvent => ({
  id,
  project,
  referral: null,
  partner: null,
  type: 'submitted',
  at: submittedAt,
  actor,
  before: null,
  after: decision.outcome,
  reason: null,
  note: null,
});
