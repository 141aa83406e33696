import { type Account, may, type Permission } from '../../domain/referrals/access.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';
import { type ActiveRuleset, firstVersion, type PublishedRuleset, rulesetNumbered } from './activeRuleset.js';
import { currentDraft, type RulesetDraft } from './currentDraft.js';

export type VersionRow = Omit<PublishedRuleset, 'ruleset'>;

export interface RulesSheet {
  active: PublishedRuleset;
  draft: RulesetDraft | null;
  /** Latest first; the rules that the territory began with last. */
  history: VersionRow[];
  /** Everyone named in them, by id. */
  people: Map<string, Account>;
}

/** Throws Forbidden when the table of access does not allow it. */
export const checkRules = (reader: Account, permission: Extract<Permission, 'seeRules' | 'editRules'>): void => {
  if (!may(reader, permission)) throw new Forbidden();
};

/** The rules that decide now, the draft of the next ones, and the versions before. */
export const readRules = (
  parts: Pick<Parts, 'accounts' | 'firstRules' | 'newId' | 'rulesetDrafts' | 'rulesets'> & {
    activeRuleset: ActiveRuleset;
  },
) => {
  return async (reader: Account): Promise<RulesSheet> => {
    checkRules(reader, 'seeRules');
    const active = await parts.activeRuleset();
    const draft = await currentDraft(parts)();
    const stored = await parts.rulesets.history();
    const { ruleset: _, ...first } = firstVersion(parts);
    const history = stored.some(({ number }) => number === first.number) ? stored : [...stored, first];
    const ids = [...history.map(({ by }) => by), draft?.startedBy, draft?.updatedBy];
    const known = await parts.accounts.byIds([...new Set(ids.filter((id) => typeof id === 'string'))]);
    return { active, draft, history, people: new Map(known.map((account) => [account.id, account])) };
  };
};

/** One version with its rules. Throws NotFound. */
export const readVersion =
  (parts: Pick<Parts, 'firstRules' | 'rulesets'>) =>
  async (reader: Account, number: number): Promise<PublishedRuleset> => {
    checkRules(reader, 'seeRules');
    return rulesetNumbered(parts)(number);
  };
