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

/** `isNew`: false when this draft had become a project before; of a new one, what is to be carried out. */
export type StoredProject =
  | { isNew: true; project: Project; draft: string; left: ProjectEvent[] }
  | { isNew: false; project: Project };

/** The first durable write of a project, with its event. */
export const storeProject =
  (parts: Needs) =>
  async ({ submission, draft, actor, ...rest }: NewProject): Promise<StoredProject> => {
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
      const left = [submittedEvent(parts.newId(), project, actor)];
      if (await parts.projects.insert(project, draft, left)) {
        parts.counts.decisions.add(project.decision.outcome);
        return { isNew: true, project, draft, left };
      }
      const first = await parts.projects.byDraft(draft);
      if (first) return { isNew: false, project: first };
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
