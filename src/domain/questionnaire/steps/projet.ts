import Joi from 'joi';
import { inLanguage } from '../../territory/language.js';
import { madeOnce, type Step } from '../step.js';
import { ADDRESS_MAX, webPage } from '../webAddress.js';
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
  fields: madeOnce(({ language, territory }) => {
    const { title } = territory.words.examples;
    const say = inLanguage(language);
    return [
      {
        kind: 'text',
        type: 'text',
        name: 'title',
        label: say({ fr: 'Donnez un titre à votre projet', en: 'Give your project a title' }),
        inSummary: say({ fr: 'Titre du projet', en: 'Title of the project' }),
        hint: say({
          fr: `Par exemple\u00a0: «\u00a0${title.fr}\u00a0».`,
          en: `For example: “${title.en}”.`,
        }),
        max: TITLE_MAX,
        counted: true,
        schema: line(TITLE_MAX)
          .required()
          .messages({
            'string.max': say({
              fr: `Raccourcissez le titre : ${TITLE_MAX} caractères au plus.`,
              en: `Shorten the title: ${TITLE_MAX} characters at most.`,
            }),
            '*': say({ fr: 'Donnez un titre à votre projet.', en: 'Give your project a title.' }),
          }),
      },
      {
        kind: 'textarea',
        name: 'summary',
        label: say({ fr: 'Décrivez votre projet en quelques phrases', en: 'Describe your project in a few sentences' }),
        inSummary: 'Description',
        hint: say({
          fr: 'Ce que vous voulez faire, où vous en êtes, ce qui vous bloque.',
          en: 'What you want to do, where you are with it, what holds you back.',
        }),
        rows: 8,
        max: SUMMARY_MAX,
        schema: paragraph(SUMMARY_MAX)
          .min(SUMMARY_MIN)
          .required()
          .messages({
            'string.min': say({
              fr: 'Écrivez une phrase ou deux de plus, pour que l’on comprenne votre projet.',
              en: 'Write one or two more sentences, so that we understand your project.',
            }),
            'string.max': say({
              fr: `Raccourcissez la description : ${SUMMARY_MAX} caractères au plus.`,
              en: `Shorten the description: ${SUMMARY_MAX} characters at most.`,
            }),
            '*': say({
              fr: 'Décrivez votre projet en quelques phrases.',
              en: 'Describe your project in a few sentences.',
            }),
          }),
      },
      {
        kind: 'text',
        type: 'url',
        name: 'link',
        label: say({ fr: 'Une page web qui parle de votre projet', en: 'A web page about your project' }),
        hint: say({ fr: 'Par exemple : www.exemple.fr/mon-projet', en: 'For example: www.example.org/my-project' }),
        optional: true,
        schema: Joi.string()
          .trim()
          .custom(webPage)
          .empty(['', null])
          .default(null)
          .messages({
            'link.long': say({
              fr: `Cette adresse est trop longue : ${ADDRESS_MAX} caractères au plus. Donnez une page plus courte, ou laissez vide.`,
              en: `This address is too long: ${ADDRESS_MAX} characters at most. Give a shorter one, or leave empty.`,
            }),
            '*': say({
              fr: 'Vérifiez l’adresse de la page, par exemple www.exemple.fr, ou laissez vide.',
              en: 'Check the address of the page, for example www.example.org, or leave empty.',
            }),
          }),
      },
    ];
  }),
};
