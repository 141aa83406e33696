import type { RulesetDraft } from '../../data/rulesetDrafts.js';
import type { Parts } from '../parts.js';

export type { RulesetDraft } from '../../data/rulesetDrafts.js';

/**
 * The draft of the rules, or null. One that has become a version goes away here, after a publication or the crash that cut
 * it short; what somebody changed in it meanwhile becomes the draft of the next version, so that nothing is lost.
 */
export const currentDraft =
  ({ newId, rulesetDrafts, rulesets }: Pick<Parts, 'newId' | 'rulesetDrafts' | 'rulesets'>) =>
  async (): Promise<RulesetDraft | null> => {
    const draft = await rulesetDrafts.read();
    const published = draft && (await rulesets.publishedFrom(draft.id));
    if (!published) return draft;
    if (draft.revision === published.revision) await rulesetDrafts.discard(draft);
    else await rulesetDrafts.rebase(draft, { id: newId(), basedOn: published.number });
    return rulesetDrafts.read();
  };

/** The draft as its reader saw it. */
export interface DraftSeen {
  draft: string;
  revision: number;
}

/** Somebody was faster: who changed the draft, when, and what it is now; `draft` null when it was published or discarded. */
export interface DraftChanged {
  kind: 'changed';
  by: { id: string; name: string } | null;
  at: Date | null;
  draft: RulesetDraft | null;
}

/** What to tell whoever saw an older revision. */
export const draftChanged =
  ({ accounts, ...parts }: Pick<Parts, 'accounts' | 'newId' | 'rulesetDrafts' | 'rulesets'>) =>
  async (): Promise<DraftChanged> => {
    const draft = await currentDraft(parts)();
    if (!draft) return { kind: 'changed', by: null, at: null, draft: null };
    const [by] = await accounts.byIds([draft.updatedBy]);
    return { kind: 'changed', by: by ? { id: by.id, name: by.name } : null, at: draft.updatedAt, draft };
  };
