import { planDraftEmails } from '../domain/emails/planEmails.js';
import type { Draft } from '../domain/questionnaire/draft.js';
import type { Language } from '../domain/territory/language.js';
import type { Parts } from './parts.js';

/**
 * Sends a link that opens this visitor's questionnaire on any device for 30 days, and owes the one e-mail that reminds of
 * it. False when nothing is under way.
 */
export const askToResume =
  ({
    clock,
    deliveries,
    drafts,
    enqueue,
    newId,
  }: Pick<Parts, 'clock' | 'deliveries' | 'drafts' | 'enqueue' | 'newId'>) =>
  async (visitor: string, email: string, language: Language): Promise<boolean> => {
    const now = clock();
    const draft = await drafts.read(visitor);
    if (!draft || !(await drafts.keepEmail(draft.id, { email, language }, now))) return false;
    const when = { at: now, occasion: newId() };
    const owed = (['holder-resume', 'holder-nudge'] as const).flatMap((which) =>
      planDraftEmails({ draft: draft.id }, { ...when, which }),
    );
    const due = await deliveries.plan(owed, now);
    if (due.length > 0) await enqueue(due);
    return true;
  };

/**
 * What the link of an e-mail leads to. `own`: what this visitor has under way otherwise, null when nothing, or when it is
 * that very draft. `sent`: the questionnaire became a project.
 */
export type ResumeLink = { state: 'open'; draft: Draft; own: Draft | null } | { state: 'unknown' | 'expired' | 'sent' };

const opened = async ({ clock, drafts, links }: Pick<Parts, 'clock' | 'drafts' | 'links'>, token: string) => {
  const link = await links.open('resume', token, clock());
  if (!link) return 'unknown';
  const draft = await drafts.byId(link.subject);
  if (draft?.lastProject) return 'sent';
  return draft && link.state === 'open' ? draft : 'expired';
};

const isBegun = (draft: Draft | null): draft is Draft =>
  draft !== null && draft.lastProject === null && Object.keys(draft.answers).length > 0;

/** Looks at a link and changes nothing: mail scanners open links too. */
export const readResumeLink =
  (parts: Pick<Parts, 'clock' | 'drafts' | 'links'>) =>
  async (token: string, visitor: string): Promise<ResumeLink> => {
    const draft = await opened(parts, token);
    if (typeof draft === 'string') return { state: draft };
    const own = await parts.drafts.read(visitor);
    return { state: 'open', draft, own: isBegun(own) && own.id !== draft.id ? own : null };
  };

/** From now on this visitor goes on with the draft of the link. False when the link opens nothing any more. */
export const resumeDraft =
  (parts: Pick<Parts, 'clock' | 'drafts' | 'links'>) =>
  async (token: string, visitor: string): Promise<boolean> => {
    const draft = await opened(parts, token);
    return typeof draft !== 'string' && parts.drafts.join(draft.id, visitor);
  };
