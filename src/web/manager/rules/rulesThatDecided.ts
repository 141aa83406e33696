import type { Account } from '../../../domain/referrals/access.js';
import type { Ruleset } from '../../../domain/routing/rule.js';
import type { Services } from '../../../services.js';

/** The rules of a stored decision, by the version that it keeps; null when that version is not among the published ones. */
export const rulesThatDecided = async (
  { readRules, readVersion }: Pick<Services, 'readRules' | 'readVersion'>,
  reader: Account,
  version: string,
): Promise<Ruleset | null> => {
  const { history } = await readRules(reader);
  const row = history.find((one) => one.version === version);
  return row ? (await readVersion(reader, row.number)).ruleset : null;
};
