import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { type DraftChanged, type DraftSeen, draftChanged } from './currentDraft.js';
import { checkRules } from './readRules.js';

/** Throws the draft away, unless somebody has changed it since it was seen. */
export const discardDraft =
  (parts: Pick<Parts, 'accounts' | 'newId' | 'rulesetDrafts' | 'rulesets'>) =>
  async (by: Account, { draft, revision }: DraftSeen): Promise<{ kind: 'discarded' } | DraftChanged> => {
    checkRules(by, 'editRules');
    const gone = await parts.rulesetDrafts.discard({ id: draft, revision });
    return gone ? { kind: 'discarded' } : draftChanged(parts)();
  };
