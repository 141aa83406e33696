import type { Account } from '../../domain/referrals/access.js';
import { diffRulesets, type RuleChange } from '../../domain/routing/diffRulesets.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import { rulesetNumbered } from './activeRuleset.js';
import { currentDraft } from './currentDraft.js';
import { checkRules } from './readRules.js';

/** A published version by its number, or the draft. */
export type VersionName = number | 'draft';

/** What changes from one version to another, row by row. Throws NotFound when one of them is not there. */
export const diffVersions = (
  parts: Pick<Parts, 'firstRules' | 'newId' | 'rulesetDrafts' | 'rulesets' | 'territory'>,
) => {
  const read = rulesetNamed(parts);
  return async (reader: Account, before: VersionName, after: VersionName): Promise<RuleChange[]> => {
    checkRules(reader, 'seeRules');
    return diffRulesets(await read(before), await read(after), parts.territory);
  };
};

/** The rules of a version or of the draft. Throws NotFound. */
export const rulesetNamed =
  (parts: Pick<Parts, 'firstRules' | 'newId' | 'rulesetDrafts' | 'rulesets'>) =>
  async (name: VersionName): Promise<Ruleset> => {
    if (name !== 'draft') return (await rulesetNumbered(parts)(name)).ruleset;
    const draft = await currentDraft(parts)();
    if (!draft) throw new NotFound('Il n’y a pas de brouillon des règles.');
    return draft.ruleset;
  };
