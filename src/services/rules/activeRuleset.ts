import type { PublishedRuleset } from '../../data/rulesets.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';

export type { PublishedRuleset } from '../../data/rulesets.js';

/** The rules that the territory begins with: version 1, kept in the store only once there is a second. */
export const FIRST_NUMBER = 1;

/** The same object for the same rules. */
export const firstVersion = ({ firstRules }: Pick<Parts, 'firstRules'>): PublishedRuleset => {
  const known = firsts.get(firstRules) ?? {
    number: FIRST_NUMBER,
    version: firstRules.version,
    ruleset: firstRules,
    publishedAt: null,
    by: null,
    note: 'Règles d’origine',
    basedOn: null,
    overrides: [],
  };
  firsts.set(firstRules, known);
  return known;
};

const firsts = new WeakMap<Ruleset, PublishedRuleset>();

/**
 * The rules that decide now: the latest version, by whichever process it was published. One read of an index; a version
 * never changes, so its rules are read once a process, and are the same object each time.
 */
export const activeRuleset = ({ rulesets, firstRules }: Pick<Parts, 'rulesets' | 'firstRules'>) => {
  const first = firstVersion({ firstRules });
  let known = first;

  return async (): Promise<PublishedRuleset> => {
    const latest = await rulesets.latestNumber();
    if (latest === null) return first;
    const isKnown = known.number === latest && known !== first;
    if (!isKnown) known = await rulesetNumbered({ rulesets, firstRules })(latest);
    return known;
  };
};
export type ActiveRuleset = ReturnType<typeof activeRuleset>;

/** A version by its number. Throws NotFound. */
export const rulesetNumbered =
  ({ rulesets, firstRules }: Pick<Parts, 'rulesets' | 'firstRules'>) =>
  async (number: number): Promise<PublishedRuleset> => {
    const found = await rulesets.byNumber(number);
    if (found) return found;
    if (number === FIRST_NUMBER) return firstVersion({ firstRules });
    throw new NotFound(`La version ${number} des règles n’existe pas.`);
  };
