import { diffRulesets } from '../../../domain/routing/diffRulesets.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { paths } from '../../../paths.js';
import type { RulesSheet } from '../../../services/rules/readRules.js';
import { personInWords, whenInWords } from './versionWords.js';

export const countInWords = (count: number, one: string, many = `${one}s`): string =>
  `${count}\u00a0${count > 1 ? many : one}`;

/** Where the next version stands, ready for views/manager/rules/rules.ejs. */
export const draftCard = ({ active, draft, people }: RulesSheet, territory: Territory) => {
  if (!draft) return { start: paths.rulesDraft(), open: null, sentence: NOBODY, about: null };
  const changes = diffRulesets(active.ruleset, draft.ruleset, territory).length;
  const who = personInWords(draft.updatedBy, people);
  return {
    start: null,
    open: paths.rulesDraft(),
    sentence:
      changes === 0
        ? 'Un brouillon est ouvert. Il ne change encore rien.'
        : `Un brouillon est ouvert : ${countInWords(changes, 'différence')} avec la version en vigueur.`.replace(
            ' :',
            '\u00a0:',
          ),
    about: `Dernière modification par ${who}, le ${whenInWords(draft.updatedAt)}.`,
  };
};

const NOBODY =
  'Pour changer une règle, préparez une nouvelle version. Rien ne change pour les projets tant qu’elle n’est pas publiée.';
