import type { Draft } from '../domain/questionnaire/draft.js';
import type { Submission } from '../domain/questionnaire/submission.js';
import { isTooFast, looksUnwanted } from '../domain/referrals/flags.js';
import { holdBack } from '../domain/referrals/holdBack.js';
import type { Flag, Project } from '../domain/referrals/referral.js';
import { routeProject } from '../domain/routing/routeProject.js';
import { findNearProject } from './findNearProject.js';
import type { Parts } from './parts.js';
import type { ActiveRuleset } from './rules/activeRuleset.js';
import type { Settle } from './settle.js';
import { type StoredProject, storeProject } from './storeProject.js';

type Needs = Pick<
  Parts,
  'clock' | 'counts' | 'drafts' | 'humanSeconds' | 'links' | 'newId' | 'newReference' | 'projects' | 'territory'
> &
  Pick<Settle, 'settleProject' | 'settleStored'> & {
    activeRuleset: ActiveRuleset;
    /** Marks what is made up for the demonstration. */
    demo?: boolean;
  };

/**
 * `draft`: what it was made of, when that was just read. `flags`: what the page noticed. `anyway`: sent although a project
 * very much like it was sent before.
 */
export interface Sending {
  visitor: string;
  submission: Submission;
  draft?: Draft | null;
  flags?: Flag[];
  anyway?: boolean;
}

/** `token`: the secret of the follow-up page. `isNew`: false when this draft had become a project before. */
export interface Sent {
  project: Project;
  token: string;
  isNew: boolean;
}

/**
 * Routes a completed questionnaire by the rules of the moment and stores it with its decision in one durable write; all
 * that follows is settled after. What looks like a robot's goes to triage, whatever the rules say: nothing is refused. The
 * same draft sent twice (double click, reload, two tabs, two devices that share it) gives the same project.
 */
export const submitProject = (parts: Needs) => {
  const { clock, drafts, links, projects, settleProject, settleStored } = parts;

  return async (sent: Sending): Promise<Sent> => {
    const now = clock();
    const draft = sent.draft ?? (await drafts.read(sent.visitor));
    const before = draft?.lastProject ? await projects.byId(draft.lastProject) : null;
    const stored = before ? ({ isNew: false, project: before } as const) : await store(parts, sent, draft, now);
    const { project, isNew } = stored;
    await (stored.isNew ? settleStored(stored) : settleProject(project.id));
    return { project, isNew, token: await links.create({ purpose: 'follow-up', project: project.id }, now) };
  };
};

const store = async (parts: Needs, sent: Sending, draft: Draft | null, now: Date): Promise<StoredProject> =>
  storeProject(parts)({
    ...(await judge(parts, sent, draft, now)),
    submission: sent.submission,
    draft: draft?.id ?? parts.newId(),
    submittedAt: now,
    channel: draft?.channel ?? null,
    consent: { by: null, at: now, how: 'form' },
    override: null,
    actor: { role: 'holder', account: null },
    demo: parts.demo ?? false,
  });

/** Where the rules send it, what is suspect about it, and so where it goes. */
const judge = async (parts: Needs, sent: Sending, draft: Draft | null, now: Date) => {
  const { facts } = sent.submission;
  const { ruleset } = await parts.activeRuleset();
  const flags = [...(sent.flags ?? [])];
  if (isTooFast(draft?.startedAt ?? null, now, parts.humanSeconds)) flags.push('too-fast');
  if (sent.anyway && (await findNearProject(parts)(sent.visitor, sent.submission))) flags.push('sent-again');
  const decision = holdBack(routeProject(facts, ruleset, parts.territory), flags);
  if (looksUnwanted(decision, facts)) flags.push('solicitation');
  return { decision, flags };
};
