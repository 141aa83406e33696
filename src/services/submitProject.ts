import type { Submission } from '../domain/questionnaire/submission.js';
import { projectState } from '../domain/referrals/projectState.js';
import type { Project, ProjectEvent } from '../domain/referrals/referral.js';
import { routeProject } from '../domain/routing/routeProject.js';
import type { Parts } from './parts.js';
import type { ActiveRuleset } from './rules/activeRuleset.js';
import type { Settle } from './settle.js';

type Needs = Pick<Parts, 'clock' | 'drafts' | 'links' | 'newId' | 'newReference' | 'projects' | 'territory'> & {
  settleProject: Settle['settleProject'];
  activeRuleset: ActiveRuleset;
  /** Marks what is made up for the demonstration. */
  demo?: boolean;
};

/**
 * Routes a completed questionnaire by the rules of the moment and stores it with its decision in one durable write; all
 * that follows is settled after. The same draft sent twice (double click, reload) gives the same project. Gives the project, and the secret of
 * its follow-up page.
 */
export const submitProject = (parts: Needs) => {
  const { clock, drafts, links, projects, settleProject } = parts;

  return async (sent: { visitor: string; submission: Submission }): Promise<{ project: Project; token: string }> => {
    const now = clock();
    const draft = await drafts.read(sent.visitor);
    const key = draft?.id ?? parts.newId();
    const project = (await sentBefore(projects, draft)) ?? (await store(parts, sent.submission, key, now));
    await settleProject(project.id);
    await drafts.finish(sent.visitor, project.id, now);
    return { project, token: await links.create({ purpose: 'follow-up', project: project.id }, now) };
  };
};

/** The project that this draft has become, or that it became while this request was under way and emptied the draft. */
const sentBefore = async (projects: Parts['projects'], draft: Awaited<ReturnType<Parts['drafts']['read']>>) => {
  if (!draft) return null;
  const emptied = Object.keys(draft.answers).length === 0 && draft.lastProject;
  return emptied ? projects.byId(emptied) : projects.byDraft(draft.id);
};

const store = async (parts: Needs, submission: Submission, draft: string, now: Date): Promise<Project> => {
  const { ruleset } = await parts.activeRuleset();
  const decision = routeProject(submission.facts, ruleset, parts.territory);
  const state = projectState(decision, null);
  for (;;) {
    const reference = parts.newReference(now);
    const demo = parts.demo ?? false;
    const project: Project = {
      ...submission,
      id: parts.newId(),
      reference,
      submittedAt: now,
      decision,
      state,
      channel: null,
      flags: [],
      messages: [],
      survey: null,
      withdrawnAt: null,
      erasedAt: null,
      demo,
    };
    if (await parts.projects.insert(project, draft, [submittedEvent(parts.newId(), project)])) return project;
    const first = await parts.projects.byDraft(draft);
    if (first) return first;
  }
};

const submittedEvent = (id: string, { id: project, submittedAt, decision }: Project): ProjectEvent => ({
  id,
  project,
  referral: null,
  partner: null,
  type: 'submitted',
  at: submittedAt,
  actor: { role: 'holder', account: null },
  before: null,
  after: decision.outcome,
  reason: null,
  note: null,
});
