import type { PublishedRuleset } from '../../data/rulesets.js';
import { DEFAULT_RULESET } from '../../domain/routing/ruleset.js';
import { NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';

export type { PublishedRuleset } from '../../data/rulesets.js';

/** The rules that the code comes with: version 1, kept in the store only once there is a second. */
export const FIRST_VERSION: PublishedRuleset = {
  number: 1,
  version: DEFAULT_RULESET.version,
  ruleset: DEFAULT_RULESET,
  publishedAt: null,
  by: null,
  note: 'Règles d’origine',
  basedOn: null,
  overrides: [],
};

/**
 * The rules that decide now: the latest version, by whichever process it was published. One read of an index; a version
 * never changes, so its rules are read once a process, and are the same object each time.
 */
export const activeRuleset = ({ rulesets }: Pick<Parts, 'rulesets'>) => {
  let known = FIRST_VERSION;

  return async (): Promise<PublishedRuleset> => {
    const latest = await rulesets.latestNumber();
    if (latest === null) return FIRST_VERSION;
    const isKnown = known.number === latest && known !== FIRST_VERSION;
    if (!isKnown) known = await rulesetNumbered({ rulesets })(latest);
    return known;
  };
};
export type ActiveRuleset = ReturnType<typeof activeRuleset>;

/** A version by its number. Throws NotFound. */
export const rulesetNumbered =
  ({ rulesets }: Pick<Parts, 'rulesets'>) =>
  async (number: number): Promise<PublishedRuleset> => {
    const found = await rulesets.byNumber(number);
    if (found) return found;
    if (number === FIRST_VERSION.number) return FIRST_VERSION;
    throw new NotFound(`La version ${number} des règles n’existe pas.`);
  };
