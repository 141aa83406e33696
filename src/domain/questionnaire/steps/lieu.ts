import Joi from 'joi';
import { communeCandidates, communeInWords, findCommune } from '../communeChoice.js';
import type { CommuneField, Step, StepContext, TickField } from '../step.js';

const MESSAGES = {
  'place.empty': 'Écrivez le nom de votre commune ou son code postal.',
  'place.none': 'Nous ne trouvons pas cette commune. Vérifiez l’orthographe, ou essayez le code postal.',
  'place.several': 'Plusieurs communes peuvent convenir. Choisissez la vôtre.',
  '*': 'Écrivez le nom de votre commune ou son code postal.',
};

const place: CommuneField = {
  kind: 'commune',
  name: 'place',
  label: 'Votre commune, ou son code postal',
  hint: 'Si vous cherchez encore un lieu, indiquez la commune que vous visez.',
  schema: Joi.string().trim().max(100).allow('').default('').messages(MESSAGES),
};

const abroad: TickField = {
  kind: 'tick',
  name: 'abroad',
  label: 'Hors de France',
  tick: 'Mon projet se situe hors de France',
  optional: true,
  schema: Joi.boolean().truthy('yes').empty('').default(false).messages({ '*': 'Cochez ou décochez cette case.' }),
};

/** Settles on one commune, or says what is missing beside the field that can put it right. */
const settle =
  ({ territory }: StepContext): Joi.CustomValidator =>
  (values: { place: string; commune?: string; abroad: boolean }, helpers) => {
    if (values.abroad) return { place: '', commune: null, abroad: true };
    const wrong = (code: string, field: string) => helpers.error(code, {}, helpers.state.localize?.([field]));
    if (values.place === '') return wrong('place.empty', 'place');
    const commune = findCommune(territory, values.place, values.commune);
    if (commune) return { place: commune.name, commune: commune.code, abroad: false };
    return communeCandidates(territory, values.place).length > 0
      ? wrong('place.several', 'commune')
      : wrong('place.none', 'place');
  };

export const lieu: Step = {
  slug: 'lieu',
  question: { fr: 'Où se situe votre projet ?', en: 'Where is your project?' },
  fields: () => [place, abroad],
  hidden: { commune: Joi.string().max(5).allow(null).empty('').messages(MESSAGES) },
  messages: () => MESSAGES,
  together: settle,
  inWords: ({ commune }, { territory }) => {
    const found = typeof commune === 'string' ? territory.commune(commune) : undefined;
    const line = { field: 'commune', question: 'Commune du projet' };
    if (!found) return [{ ...line, value: null, answer: 'Hors de France' }];
    return [{ ...line, value: found.code, answer: communeInWords(found) }];
  },
};
