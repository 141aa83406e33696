import Joi from 'joi';
import { inLanguage } from '../../territory/language.js';
import { chosenNeeds } from '../answers.js';
import { madeFor, type Step } from '../step.js';
import { needChoices } from './besoins.js';

const question = { fr: 'Lequel compte le plus aujourd’hui ?', en: 'Which one matters most today?' };

export const besoinPrincipal: Step = {
  slug: 'besoin-principal',
  question,
  isAsked: (answers) => chosenNeeds(answers).length >= 2,
  onlyInTurn: true,
  fields: madeFor(
    (answers) => chosenNeeds(answers).join(),
    ({ answers, language }) => {
      const say = inLanguage(language);
      const needs = chosenNeeds(answers);
      return [
        {
          kind: 'radios',
          name: 'mainNeed',
          label: say(question),
          hint: say({
            fr: 'Nous commencerons par celui-là. Les autres ne seront pas oubliés.',
            en: 'We will start with this one. The others will not be forgotten.',
          }),
          groups: [{ choices: needChoices(language, needs) }],
          schema: Joi.string()
            .valid(...needs)
            .required()
            .messages({
              '*': say({
                fr: 'Choisissez le besoin qui compte le plus.',
                en: 'Choose the need that matters most.',
              }),
            }),
        },
      ];
    },
  ),
};
