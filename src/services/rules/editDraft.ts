import { draftChangedBy } from '../../domain/audit/auditNotes.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { type RulesetFault, validateRuleset } from '../../domain/routing/validateRuleset.js';
import type { Territory } from '../../domain/territory/territory.js';
import { NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import { applyAct, type DraftAct } from './applyAct.js';
import { currentDraft, type DraftChanged, type DraftSeen, draftChanged, type RulesetDraft } from './currentDraft.js';
import { checkRules } from './readRules.js';

export type EditOutcome =
  /** `rule`: the row that was added, changed, moved or removed. */
  | { kind: 'saved'; draft: RulesetDraft; rule: string | null }
  /** `path` of a fault: "label", "weight", "to.partner", "when.of[1].values[0]"… */
  | { kind: 'refused'; draft: RulesetDraft; faults: RulesetFault[] }
  | DraftChanged;

type Needs = Pick<Parts, 'accounts' | 'clock' | 'newId' | 'note' | 'rulesetDrafts' | 'rulesets' | 'territory'>;

/**
 * One act on the draft, from the revision that the manager saw: refused, with what to correct, when it would make a
 * ruleset that cannot be used; `changed`, with who was faster, when the draft is no longer that one. In both cases nothing
 * is written, and the page shows again what was typed. Throws NotFound when the rule is not in the draft.
 */
export const editDraft =
  (parts: Needs) =>
  async (by: Account, seen: DraftSeen, act: DraftAct): Promise<EditOutcome> => {
    checkRules(by, 'editRules');
    const draft = await currentDraft(parts)();
    if (!draft || draft.id !== seen.draft || draft.revision !== seen.revision) return draftChanged(parts)();
    const done = applyAct(draft.ruleset, act);
    if (!done) throw new NotFound('Cette règle n’est pas dans le brouillon.');
    const faults = newFaults(draft.ruleset, done.ruleset, parts.territory);
    if (faults.length > 0) return { kind: 'refused', draft, faults };
    const change = { ruleset: done.ruleset, updatedBy: by.id, updatedAt: parts.clock() };
    const saved = await parts.rulesetDrafts.change(draft, change);
    if (!saved) return draftChanged(parts)();
    await parts.note(draftChangedBy(by, draft.id, act.act, { revision: saved.revision }));
    return { kind: 'saved', draft: saved, rule: done.rule };
  };

/** A fault that was there before (a partner that stopped since) keeps nobody from correcting the rest. */
function newFaults(before: Ruleset, after: Ruleset, territory: Territory): RulesetFault[] {
  const key = ({ rule, path, message }: RulesetFault): string => `${rule} ${path} ${message}`;
  const known = new Set(validateRuleset(before, territory).map(key));
  return validateRuleset(after, territory).filter((fault) => !known.has(key(fault)));
}
