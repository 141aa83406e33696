import { planDraftEmails } from '../domain/emails/planEmails.js';
import type { Answers } from '../domain/questionnaire/answers.js';
import type { Draft } from '../domain/questionnaire/draft.js';
import type { Language } from '../domain/territory/language.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

/** What the visitor has answered so far; empty when nothing is begun. */
export const readDraft =
  ({ drafts }: Pick<Parts, 'drafts'>) =>
  async (visitor: string): Promise<Answers> =>
    ((await drafts.read(visitor))?.answers ?? {}) as Answers;

/** The questionnaire that this visitor has under way; null when there is none, or when it was sent. */
export const draftUnderWay =
  ({ drafts }: Pick<Parts, 'drafts'>) =>
  async (visitor: string): Promise<(Omit<Draft, 'answers'> & { answers: Answers }) | null> => {
    const draft = await drafts.read(visitor);
    return draft?.lastProject === null ? draft : null;
  };

/**
 * Keeps the answers of these steps of a questionnaire under way, beside those of the others, and gives them all. Once the step
 * "contact" is answered, an e-mail is owed to who goes no further: one for each draft, whatever else asks for it.
 */
export const saveDraft =
  ({ clock, deliveries, drafts }: Pick<Parts, 'clock' | 'deliveries' | 'drafts'>) =>
  async (visitor: string, steps: Answers, language: Language = 'fr'): Promise<Answers> => {
    const now = clock();
    const { id, answers } = await drafts.save(visitor, steps, now, { language });
    if (steps.contact) {
      const nudge = planDraftEmails({ draft: id }, { at: now, occasion: id, which: 'holder-nudge' });
      await deliveries.plan(nudge, now);
    }
    return answers;
  };

/** Remembers by which link this visitor came; begins a draft for it when there is none. */
export const keepChannel =
  ({ clock, drafts }: Pick<Parts, 'clock' | 'drafts'>) =>
  async (visitor: string, channel: string, language: Language): Promise<void> => {
    const draft = await drafts.read(visitor);
    if (!draft || draft.lastProject) await drafts.save(visitor, {}, clock(), { language });
    await drafts.keepChannel(visitor, channel);
  };

/** Begins anew: nothing of what was answered or sent from this browser can be opened by its next user. */
export const startOver =
  ({ drafts }: Pick<Parts, 'drafts'>) =>
  (visitor: string): Promise<void> =>
    drafts.forget(visitor);

/** How long, in milliseconds, sending again from the same browser shows the receipt again. */
const SENDING_AGAIN = 15 * 60_000;

/**
 * A new link to what this visitor has just sent, so that sending twice shows the receipt again; null when nothing was sent,
 * or long enough ago for somebody else to sit there. What a crash cut short of the first time is carried out before.
 */
export const reopenReceipt =
  ({
    clock,
    drafts,
    links,
    settleProject,
  }: Pick<Parts, 'clock' | 'drafts' | 'links'> & Pick<Settle, 'settleProject'>) =>
  async (visitor: string): Promise<string | null> => {
    const draft = await drafts.read(visitor);
    const isRecent = draft && clock().getTime() - draft.updatedAt.getTime() < SENDING_AGAIN;
    const project = isRecent ? draft.lastProject : null;
    if (!project) return null;
    await settleProject(project);
    return links.create({ purpose: 'follow-up', project }, clock());
  };
