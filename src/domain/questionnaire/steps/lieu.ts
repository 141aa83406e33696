import Joi from 'joi';
import { inLanguage, type Words } from '../../territory/language.js';
import { communeInWords } from '../communeChoice.js';
import { settleCommune } from '../settleCommune.js';
import { madeOnce, type Step } from '../step.js';

const ABROAD: Words = { fr: 'Hors de France', en: 'Outside France' };
const WRITE: Words = {
  fr: 'Écrivez le nom de votre commune ou son code postal.',
  en: 'Write the name of your town or its postcode.',
};

export const lieu: Step = {
  slug: 'lieu',
  question: { fr: 'Où se situe votre projet ?', en: 'Where is your project?' },
  fields: madeOnce(({ language }) => {
    const say = inLanguage(language);
    return [
      {
        kind: 'commune',
        name: 'place',
        label: say({ fr: 'Votre commune, ou son code postal', en: 'Your town, or its postcode' }),
        hint: say({
          fr: 'Si vous cherchez encore un lieu, indiquez la commune que vous visez.',
          en: 'If you are still looking for a place, give the town that you have in mind.',
        }),
        schema: Joi.string().trim().max(100).allow('').default(''),
      },
      {
        kind: 'tick',
        name: 'abroad',
        label: say(ABROAD),
        tick: say({ fr: 'Mon projet se situe hors de France', en: 'My project is outside France' }),
        optional: true,
        schema: Joi.boolean()
          .truthy('yes')
          .empty('')
          .default(false)
          .messages({ '*': say({ fr: 'Cochez ou décochez cette case.', en: 'Tick or untick this box.' }) }),
      },
    ];
  }),
  // A code that cannot be one is as good as none: the name decides.
  hidden: {
    commune: Joi.string()
      .allow(null)
      .empty(Joi.alternatives('', Joi.array(), Joi.string().min(6))),
  },
  messages: ({ language }) => {
    const say = inLanguage(language);
    return {
      'place.empty': say(WRITE),
      'place.none': say({
        fr: 'Nous ne trouvons pas cette commune. Vérifiez l’orthographe, ou essayez le code postal.',
        en: 'We cannot find this town. Check the spelling, or try the postcode.',
      }),
      'place.several': say({
        fr: 'Plusieurs communes peuvent convenir. Choisissez la vôtre.',
        en: 'Several towns may match. Choose yours.',
      }),
      '*': say(WRITE),
    };
  },
  together: settleCommune,
  inWords: ({ commune }, { territory, language }) => {
    const say = inLanguage(language);
    const found = typeof commune === 'string' ? territory.commune(commune) : undefined;
    const line = { field: 'commune', question: say({ fr: 'Commune du projet', en: 'Town of the project' }) };
    if (!found) return [{ ...line, value: null, answer: say(ABROAD) }];
    return [{ ...line, value: found.code, answer: communeInWords(found, language) }];
  },
};
