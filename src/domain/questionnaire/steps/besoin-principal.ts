import Joi from 'joi';
import { chosenNeeds } from '../answers.js';
import type { Step } from '../step.js';
import { choicesOf } from './besoins.js';

const question = 'Lequel compte le plus aujourd’hui ?';

export const besoinPrincipal: Step = {
  slug: 'besoin-principal',
  question: { fr: question, en: question },
  isAsked: (answers) => chosenNeeds(answers).length >= 2,
  fields: ({ answers }) => [
    {
      kind: 'radios',
      name: 'mainNeed',
      label: question,
      hint: 'Nous commencerons par celui-là. Les autres ne seront pas oubliés.',
      groups: [{ choices: choicesOf(chosenNeeds(answers)) }],
      schema: Joi.string()
        .valid(...chosenNeeds(answers))
        .required()
        .messages({ '*': 'Choisissez le besoin qui compte le plus.' }),
    },
  ],
};
