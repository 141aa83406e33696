import Joi from 'joi';
import { inLanguage } from '../../territory/language.js';
import type { Stage } from '../../territory/stages.js';
import { type ChoiceWords, choicesIn } from '../choices.js';
import { madeOnce, type Step } from '../step.js';

const STAGES: Record<Stage | 'unknown', ChoiceWords> = {
  idea: {
    fr: 'C’est une idée',
    en: 'It is an idea',
    hint: { fr: 'Rien n’est encore décidé', en: 'Nothing is decided yet' },
  },
  creation: {
    fr: 'Je démarre',
    en: 'I am starting up',
    hint: {
      fr: 'La structure se crée, ou vient d’être créée',
      en: 'The organisation is being set up, or has just been',
    },
  },
  growth: {
    fr: 'L’activité tourne et je la développe',
    en: 'The business is running and I am growing it',
    hint: { fr: 'Nouveaux clients, nouveaux produits, travaux', en: 'New customers, new products, building work' },
  },
  research: {
    fr: 'Je cherche et je mets au point',
    en: 'I am researching and developing',
    hint: { fr: 'Essais, prototype, thèse, brevet', en: 'Trials, prototype, thesis, patent' },
  },
  industrialisation: {
    fr: 'Je passe à la production',
    en: 'I am moving into production',
    hint: {
      fr: 'Première série, nouvelle ligne, nouvelles machines',
      en: 'First batch, new line, new machines',
    },
  },
  settlement: {
    fr: 'Je m’installe ou je déménage',
    en: 'I am moving in, or relocating',
    hint: { fr: 'Un site à trouver, à construire ou à agrandir', en: 'A site to find, build or extend' },
  },
  transfer: {
    fr: 'Je transmets ou je reprends',
    en: 'I am handing over or taking over',
    hint: { fr: 'Départ à la retraite, vente, rachat', en: 'Retirement, sale, purchase' },
  },
  unknown: {
    fr: 'Je ne sais pas',
    en: 'I do not know',
    hint: { fr: 'Aucune de ces réponses ne convient', en: 'None of these answers fits' },
  },
};

const question = { fr: 'Votre projet en est où ?', en: 'How far along is your project?' };

export const avancement: Step = {
  slug: 'avancement',
  question,
  fields: madeOnce(({ language }) => {
    const say = inLanguage(language);
    return [
      {
        kind: 'radios',
        name: 'stage',
        label: say(question),
        groups: [{ choices: choicesIn(language, STAGES) }],
        schema: Joi.string()
          .valid(...Object.keys(STAGES))
          .required()
          .messages({
            '*': say({
              fr: 'Choisissez ce qui ressemble le plus à votre situation.',
              en: 'Choose what is closest to your situation.',
            }),
          }),
      },
    ];
  }),
};
