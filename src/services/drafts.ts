import type { Answers } from '../domain/questionnaire/answers.js';
import type { Parts } from './parts.js';

/** What the visitor has answered so far; empty when nothing is begun. */
export const readDraft =
  ({ drafts }: Pick<Parts, 'drafts'>) =>
  async (visitor: string): Promise<Answers> =>
    ((await drafts.read(visitor))?.answers ?? {}) as Answers;

/** Keeps the answers of a questionnaire under way. */
export const saveDraft =
  ({ clock, drafts }: Pick<Parts, 'clock' | 'drafts'>) =>
  (visitor: string, answers: Answers): Promise<void> =>
    drafts.save(visitor, answers, clock());

/** A new link to what this visitor sent last, so that sending twice shows the receipt again; null when nothing was. */
export const reopenReceipt =
  ({ clock, drafts, links }: Pick<Parts, 'clock' | 'drafts' | 'links'>) =>
  async (visitor: string): Promise<string | null> => {
    const project = (await drafts.read(visitor))?.lastProject;
    return project ? links.create({ purpose: 'follow-up', project }, clock()) : null;
  };
