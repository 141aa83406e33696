import Joi from 'joi';
import { CLOSE_OUTCOMES, type CloseOutcome, HELP_KINDS, type HelpKind } from '../../domain/referrals/lifecycle.js';
import type { Project } from '../../domain/referrals/referral.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import type { FieldWording } from '../fieldModel.js';
import { type ActForm, actScreen } from './actScreen.js';
import { CLOSING_WORDS, NEXT_STEPS } from './closingWords.js';
import { choicesOf, oneOf, VERSION, WORDS_MAX } from './openAct.js';

const NEXT_MAX = 500;

const HINTS: Record<CloseOutcome, string> = {
  helped: 'Un conseil, un contact, un local, une aide : quelque chose a servi.',
  no_solution: 'Personne dans le territoire ne répond à ce besoin aujourd’hui.',
  unreachable: 'Plusieurs essais, à des heures différentes, sont restés sans réponse.',
};
const OUTCOMES = Object.keys(CLOSE_OUTCOMES) as CloseOutcome[];
const isOutcome = (code: string): code is CloseOutcome => Object.hasOwn(CLOSE_OUTCOMES, code);

const fieldsFor = ({ contact, language }: Project): FieldWording[] => [
  {
    kind: 'radios',
    name: 'outcome',
    label: 'Comment ce projet a-t-il fini ?',
    groups: [{ choices: OUTCOMES.map((value) => ({ value, label: CLOSE_OUTCOMES[value], hint: HINTS[value] })) }],
  },
  {
    kind: 'select',
    name: 'help',
    label: 'S’il a été aidé, par quoi surtout ?',
    groups: [{ choices: choicesOf(HELP_KINDS) }],
  },
  {
    kind: 'textarea',
    name: 'words',
    label: `Votre message à ${contact.name}`,
    hint:
      language === 'en'
        ? 'Cette personne a répondu en anglais. Elle lit votre message tel quel.'
        : 'Cette personne le lit tel quel. Dites ce qui a été fait, ou vers qui aller maintenant.',
    optional: true,
    rows: 7,
    max: WORDS_MAX - NEXT_MAX - 50,
  },
  {
    kind: 'textarea',
    name: 'next',
    label: 'Et maintenant ?',
    hint: 'Aides à demander, personnes à voir : la suite, ajoutée au message.',
    optional: true,
    rows: 3,
    max: NEXT_MAX,
  },
];

interface Values {
  outcome: CloseOutcome;
  help?: HelpKind;
  words?: string;
  next?: string;
}
const text = (max: number): Joi.StringSchema =>
  Joi.string()
    .trim()
    .empty('')
    .max(max)
    .messages({ '*': `Écrivez ${max} caractères au plus.` });
const FORM = Joi.object<Values & { version: number }>({
  version: VERSION,
  outcome: oneOf(CLOSE_OUTCOMES, 'Choisissez comment ce projet a fini.'),
  help: Joi.string()
    .empty('')
    .valid(...Object.keys(HELP_KINDS))
    .when('outcome', { is: Joi.invalid('helped'), otherwise: Joi.required() })
    .messages({ '*': 'Dites par quoi ce projet a été aidé.' }),
  words: text(WORDS_MAX - NEXT_MAX - 50),
  next: text(NEXT_MAX),
});

const wordsOf = ({ words, next }: Values, { language }: Project): string | null => {
  const steps = next && `${NEXT_STEPS[language]} ${next}`;
  return [words, steps].filter(Boolean).join('\n\n') || null;
};

/** Ending a referral with an outcome and the words that its holder will read. */
export const closeScreen = (services: Services) => {
  const form: ActForm<Values> = {
    act: 'close',
    done: 'cloture',
    schema: FORM,
    page: ({ referral, project }, req) => {
      const asked = String(req.query['outcome'] ?? '');
      const proposals = OUTCOMES.map((value) => ({
        value,
        label: CLOSE_OUTCOMES[value],
        href: `${paths.close(referral.id)}?outcome=${value}`,
        words: CLOSING_WORDS[value][project.language],
      }));
      return {
        title: 'Clôturer ce projet',
        help: 'La personne apprend la fin du suivi, avec votre message.',
        button: 'Clôturer ce projet',
        fields: fieldsFor(project),
        proposals,
        ...(isOutcome(asked) && {
          begin: { words: CLOSING_WORDS[asked][project.language] },
          asked: { outcome: asked },
        }),
      };
    },
    send: async (seen, values, sheet) => {
      const { project } = await sheet();
      const words = wordsOf(values, project);
      await services.closeReferral(seen, { outcome: values.outcome, help: values.help ?? null, words });
    },
  };
  return actScreen(services, form);
};
