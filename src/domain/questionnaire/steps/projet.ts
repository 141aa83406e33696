import type { Step } from '../step.js';
import { line, paragraph } from '../written.js';

const TITLE_MAX = 80;
const SUMMARY_MIN = 20;
const SUMMARY_MAX = 2000;

export const projet: Step = {
  slug: 'projet',
  question: { fr: 'Votre projet, avec vos mots', en: 'Your project, in your own words' },
  help: {
    fr: 'Écrivez comme vous parleriez à une personne qui ne connaît pas votre métier.',
    en: 'Write as you would talk to somebody who does not know your trade.',
  },
  fields: () => [
    {
      kind: 'text',
      type: 'text',
      name: 'title',
      label: 'Donnez-lui un titre',
      inSummary: 'Titre du projet',
      hint: 'Par exemple : « Un atelier de vélos cargos à Riom ».',
      max: TITLE_MAX,
      schema: line(TITLE_MAX)
        .required()
        .messages({
          'string.max': `Raccourcissez le titre : ${TITLE_MAX} caractères au plus.`,
          '*': 'Donnez un titre à votre projet.',
        }),
    },
    {
      kind: 'textarea',
      name: 'summary',
      label: 'Décrivez-le en quelques phrases',
      inSummary: 'Description',
      hint: 'Ce que vous voulez faire, où vous en êtes, ce qui vous bloque.',
      rows: 8,
      max: SUMMARY_MAX,
      schema: paragraph(SUMMARY_MAX)
        .min(SUMMARY_MIN)
        .required()
        .messages({
          'string.min': 'Écrivez une phrase ou deux de plus, pour que l’on comprenne votre projet.',
          'string.max': `Raccourcissez la description : ${SUMMARY_MAX} caractères au plus.`,
          '*': 'Décrivez votre projet en quelques phrases.',
        }),
    },
  ],
};
