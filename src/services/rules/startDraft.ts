import { draftChangedBy } from '../../domain/audit/auditNotes.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { type RulesetFault, validateRuleset } from '../../domain/routing/validateRuleset.js';
import type { Parts } from '../parts.js';
import { type ActiveRuleset, rulesetNumbered } from './activeRuleset.js';
import { currentDraft, type DraftChanged, draftChanged, type RulesetDraft } from './currentDraft.js';
import { checkRules } from './readRules.js';

type Needs = Pick<
  Parts,
  'accounts' | 'clock' | 'firstRules' | 'newId' | 'note' | 'rulesetDrafts' | 'rulesets' | 'territory'
> & {
  activeRuleset: ActiveRuleset;
};

/** The version that a draft holds until it is published. */
const DRAFT_VERSION = 'brouillon';

const newDraft = (parts: Needs, by: Account, ruleset: Ruleset, basedOn: number): RulesetDraft => {
  const [id, now] = [parts.newId(), parts.clock()];
  const kept = { ...ruleset, version: DRAFT_VERSION };
  return {
    id,
    ruleset: kept,
    basedOn,
    revision: 1,
    startedBy: by.id,
    startedAt: now,
    updatedBy: by.id,
    updatedAt: now,
  };
};

/**
 * Begins a draft from a version, the active one unless told. When there is a draft already, gives that one as it is:
 * managers work on it together.
 */
export const startDraft =
  (parts: Needs) =>
  async (by: Account, from?: number): Promise<{ draft: RulesetDraft; isNew: boolean }> => {
    checkRules(by, 'editRules');
    const existing = await currentDraft(parts)();
    if (existing) return { draft: existing, isNew: false };
    const source = from === undefined ? await parts.activeRuleset() : await rulesetNumbered(parts)(from);
    const draft = newDraft(parts, by, source.ruleset, source.number);
    if (!(await parts.rulesetDrafts.start(draft)))
      return { draft: (await currentDraft(parts)()) ?? draft, isNew: false };
    await parts.note(draftChangedBy(by, draft.id, 'start', { from: source.number }));
    return { draft, isNew: true };
  };

export type ImportOutcome =
  | { kind: 'saved'; draft: RulesetDraft }
  | { kind: 'refused'; faults: RulesetFault[] }
  | DraftChanged;

/** Makes a ruleset (any JSON value) the draft, in the place of what was there, once validated. `by`: an account's id. */
export const importDraft =
  (parts: Needs) =>
  async (by: Account, value: unknown): Promise<ImportOutcome> => {
    checkRules(by, 'editRules');
    const faults = validateRuleset(value, parts.territory);
    if (faults.length > 0) return { kind: 'refused', faults };
    const ruleset = { ...(value as Ruleset), version: DRAFT_VERSION };
    const draft = await replaceDraft(parts, by, ruleset);
    if (!draft) return draftChanged(parts)();
    await parts.note(draftChangedBy(by, draft.id, 'import', { revision: draft.revision }));
    return { kind: 'saved', draft };
  };

/** Null when somebody was faster. */
const replaceDraft = async (parts: Needs, by: Account, ruleset: Ruleset): Promise<RulesetDraft | null> => {
  const existing = await currentDraft(parts)();
  if (existing) return parts.rulesetDrafts.change(existing, { ruleset, updatedBy: by.id, updatedAt: parts.clock() });
  const draft = newDraft(parts, by, ruleset, (await parts.activeRuleset()).number);
  return (await parts.rulesetDrafts.start(draft)) ? draft : null;
};
