import { inLanguage, type Words } from '../../territory/language.js';
import { type ChoiceWords, choiceIn } from '../choices.js';
import { deskChoices } from '../deskChoices.js';
import { listOf, NOT_ALONE } from '../listOf.js';
import { madeFor, type Step } from '../step.js';

const OTHER: ChoiceWords = { fr: 'Un autre organisme', en: 'Another organisation' };
const NOBODY: ChoiceWords = { fr: 'Avec personne', en: 'With nobody' };

const question: Words = {
  fr: 'Êtes-vous déjà en contact avec l’un de ces organismes ?',
  en: 'Are you already in touch with one of these organisations?',
};

export const dejaEnContact: Step = {
  slug: 'deja-en-contact',
  question,
  // Outside the territory there is no desk to be in touch with.
  isAsked: ({ lieu }, territory) => lieu === undefined || deskChoices(lieu.commune, territory).length > 0,
  onlyInTurn: true,
  fields: madeFor(
    ({ lieu }) => lieu?.commune ?? '',
    ({ answers, territory, language }) => {
      const say = inLanguage(language);
      const desks = deskChoices(answers.lieu?.commune ?? null, territory);
      return [
        {
          kind: 'checkboxes',
          name: 'partners',
          label: say(question),
          inSummary: say({ fr: 'Déjà en contact avec', en: 'Already in touch with' }),
          hint: say({
            fr: 'Pour que personne ne vous fasse répéter ce que vous avez déjà dit.',
            en: 'So that nobody makes you repeat what you have already said.',
          }),
          groups: [{ choices: [...desks, choiceIn(language, 'other', OTHER)] }],
          none: choiceIn(language, 'none', NOBODY),
          schema: listOf([...desks.map(({ value }) => value), 'other'], 'none')
            .min(1)
            .required()
            .messages({
              [NOT_ALONE]: say({
                fr: 'Gardez les organismes, ou seulement « Avec personne ».',
                en: 'Keep the organisations, or only “With nobody”.',
              }),
              '*': say({
                fr: 'Cochez chaque organisme avec qui vous êtes en contact, ou « Avec personne ».',
                en: 'Tick each organisation that you are in touch with, or “With nobody”.',
              }),
            }),
        },
      ];
    },
  ),
};
