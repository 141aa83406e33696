import type { RuleTable } from '../../../domain/routing/rulesetInWords.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { errorSummary, type FieldWording, fieldModel } from '../../fieldModel.js';
import type { FieldErrors } from '../../parseForm.js';
import type { PageModel } from '../../renderPage.js';
import { conditionModel, conditionNames } from './conditionModel.js';
import type { RuleTyped } from './ruleForm.js';
import { FAMILIES, familyInWords, targetGroups } from './targetForm.js';

/** The words of the fields of a rule. */
const LABEL: FieldWording = {
  kind: 'text',
  type: 'text',
  name: 'label',
  label: 'Nom de la règle',
  hint: 'Les conseillers et le pilotage le lisent. Dites qui va où.',
};

const SENTENCE_HINTS: Record<RuleTable, string> = {
  gates: 'La personne la lit sur sa page de suivi.',
  rules: 'La personne la lit sur sa page de suivi.',
  doubts: 'Le conseiller la lit sur la fiche du projet.',
};
const sentenceOf = (table: RuleTable, territory: Territory): FieldWording => ({
  kind: 'textarea',
  name: 'sentence',
  label: 'Phrase',
  hint: `${SENTENCE_HINTS[table]} Vous pouvez y mettre {partner} (le partenaire), {need} (le besoin), {place} (« ${territory.words.examples.place} ») et {commune} : ils sont remplacés.`,
  rows: 3,
  max: 500,
});

const ROLE: FieldWording = {
  kind: 'radios',
  name: 'role',
  label: 'Rôle du partenaire',
  groups: [
    {
      choices: [
        { value: 'main', label: 'Réponse principale', hint: 'Le projet va au guichet qui a le plus de points.' },
        { value: 'associated', label: 'Partenaire associé', hint: 'Il est nommé à côté de la réponse principale.' },
      ],
    },
  ],
};
const WEIGHT: FieldWording = {
  kind: 'number',
  name: 'weight',
  label: 'Points',
  hint: 'De 0 à 100. Une règle du territoire vaut 10 points, une mission déclarée 3, un autre besoin 1.',
};
const PENALTY: FieldWording = {
  kind: 'number',
  name: 'penalty',
  label: 'Ce que cette règle retire à la confiance, en %',
  hint: 'De 0 à 100. Trop de doutes, et une personne choisit.',
};
const OUTCOME: FieldWording = {
  kind: 'radios',
  name: 'outcome',
  label: 'Ce que la règle décide',
  groups: [
    {
      choices: [
        { value: 'triage', label: 'Une personne choisit le partenaire' },
        { value: 'out_of_territory', label: 'Le projet est hors du territoire' },
        { value: 'rejected', label: 'Le message est écarté : ce n’est pas un projet' },
      ],
    },
  ],
};

const FIELDS: Record<RuleTable, FieldWording[]> = { gates: [OUTCOME], rules: [ROLE, WEIGHT], doubts: [PENALTY] };
const WHEN: Record<RuleTable, string> = {
  gates: 'Quand cette règle décide-t-elle ?',
  rules: 'Quand cette règle donne-t-elle ses points ?',
  doubts: 'Quand faut-il douter ?',
};

interface Around {
  title: string;
  action: string;
  back: string;
  draft: string;
  revision: string;
  territory: Territory;
  errors?: FieldErrors;
}

/** The form of a rule, ready for views/manager/rules/rule.ejs. */
export const rulePage = ({ table, typed, tree }: RuleTyped, around: Around): PageModel => {
  const { territory, errors = {}, ...rest } = around;
  const field = (wording: FieldWording) => fieldModel(wording, typed, errors);
  const families = [typed['families'] ?? []].flat();
  const order = ['label', 'to', ...conditionNames(tree), ...FIELDS[table].map(({ name }) => name), 'sentence'];
  return {
    ...rest,
    table,
    label: field(LABEL),
    when: WHEN[table],
    condition: conditionModel(tree, { territory, errors }),
    at: `${around.action}#conditions`,
    target:
      table === 'rules'
        ? {
            groups: targetGroups(territory, String(typed['to'] ?? '')),
            error: errors['to'] ?? null,
            isAnywhere: Boolean(typed['anywhere']),
            families: FAMILIES.map((value) => ({
              value,
              label: familyInWords(value, territory),
              isChosen: families.includes(value),
            })),
          }
        : null,
    fields: [...FIELDS[table].map(field), field(sentenceOf(table, territory))],
    errors: errorSummary(errors, order),
  };
};
