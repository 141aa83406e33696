import Joi from 'joi';
import { inLanguage } from '../../territory/language.js';
import { type ChoiceWords, choicesIn } from '../choices.js';
import type { HolderKind } from '../facts.js';
import { madeOnce, type Step } from '../step.js';

const KINDS: Record<HolderKind, ChoiceWords> = {
  'future-founder': {
    fr: 'Je prépare une activité',
    en: 'I am preparing a business',
    hint: { fr: 'Vous n’avez pas encore d’entreprise', en: 'You do not have a company yet' },
  },
  company: { fr: 'J’ai une entreprise, ou j’y travaille', en: 'I own a company, or work in one' },
  student: { fr: 'Je fais des études', en: 'I am a student' },
  researcher: { fr: 'Je travaille dans la recherche', en: 'I work in research' },
  association: {
    fr: 'J’agis pour une association ou une coopérative',
    en: 'I act for a non-profit organisation or a cooperative',
  },
  'public-body': {
    fr: 'J’agis pour une commune ou un organisme public',
    en: 'I act for a town hall or another public body',
  },
  other: { fr: 'Autre situation', en: 'Something else' },
};

const question = { fr: 'Qui êtes-vous ?', en: 'Who are you?' };

export const vous: Step = {
  slug: 'vous',
  question,
  fields: madeOnce(({ language }) => {
    const say = inLanguage(language);
    return [
      {
        kind: 'radios',
        name: 'holderKind',
        label: say(question),
        hint: say({ fr: 'Pas besoin d’avoir une entreprise.', en: 'You do not need to have a company.' }),
        groups: [{ choices: choicesIn(language, KINDS) }],
        schema: Joi.string()
          .valid(...Object.keys(KINDS))
          .required()
          .messages({
            '*': say({
              fr: 'Choisissez la réponse qui vous ressemble le plus.',
              en: 'Choose the answer that is closest to you.',
            }),
          }),
      },
    ];
  }),
};
