import { draftChangedBy } from '../../domain/audit/auditNotes.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { type DraftChanged, type DraftSeen, draftChanged } from './currentDraft.js';
import { checkRules } from './readRules.js';

/** Throws the draft away, unless somebody has changed it since it was seen. */
export const discardDraft =
  (parts: Pick<Parts, 'accounts' | 'newId' | 'note' | 'rulesetDrafts' | 'rulesets'>) =>
  async (by: Account, { draft, revision }: DraftSeen): Promise<{ kind: 'discarded' } | DraftChanged> => {
    checkRules(by, 'editRules');
    const gone = await parts.rulesetDrafts.discard({ id: draft, revision });
    if (!gone) return draftChanged(parts)();
    await parts.note(draftChangedBy(by, draft, 'discard', { revision }));
    return { kind: 'discarded' };
  };
