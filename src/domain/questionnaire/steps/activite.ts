import Joi from 'joi';
import { inLanguage, type Words } from '../../territory/language.js';
import { type ChoiceWords, choicesIn } from '../choices.js';
import { madeOnce, type Step } from '../step.js';
import { line } from '../written.js';

interface Family {
  title: Words;
  sectors: Record<string, ChoiceWords>;
}

/**
 * The closed list of activities. Routing reads the French label, whatever the language of the page, and not the code
 * (routing/sectors.ts): keep in each label the plain word of the trade, and never mix trades that make things with trades
 * that do not.
 */
const FAMILIES: readonly Family[] = [
  {
    title: { fr: 'Fabriquer, transformer', en: 'Make, process' },
    sectors: {
      food: { fr: 'Agroalimentaire, boissons', en: 'Food and drink' },
      metal: { fr: 'Métallurgie, mécanique, coutellerie', en: 'Metalworking, engineering, cutlery' },
      chemistry: { fr: 'Chimie, plasturgie, matériaux', en: 'Chemicals, plastics, materials' },
      pharmacy: { fr: 'Pharmacie, cosmétique, biotechnologies', en: 'Pharmaceuticals, cosmetics, biotechnology' },
      textile: { fr: 'Textile, cuir, habillement', en: 'Textiles, leather, clothing' },
      wood: { fr: 'Menuiserie, ameublement, papier', en: 'Joinery, furniture, paper' },
      glass: { fr: 'Verre, céramique, pierre', en: 'Glass, ceramics, stone' },
      electronics: { fr: 'Électronique, équipements électriques', en: 'Electronics, electrical equipment' },
      vehicles: { fr: 'Aéronautique, automobile', en: 'Aerospace, automotive' },
      'other-making': { fr: 'Autre fabrication', en: 'Other manufacturing' },
    },
  },
  {
    title: { fr: 'Vendre, servir, soigner', en: 'Sell, serve, care' },
    sectors: {
      retail: { fr: 'Commerce', en: 'Shops and trade' },
      hospitality: { fr: 'Restauration, hôtellerie', en: 'Restaurants, hotels' },
      tourism: { fr: 'Tourisme, sport, loisirs', en: 'Tourism, sport, leisure' },
      software: { fr: 'Logiciel, numérique', en: 'Software, digital' },
      'business-services': { fr: 'Services aux entreprises', en: 'Services to businesses' },
      'personal-services': { fr: 'Services à la personne', en: 'Services to people' },
      health: { fr: 'Santé, action sociale', en: 'Health, social work' },
      education: { fr: 'Enseignement, recherche', en: 'Teaching, research' },
      culture: { fr: 'Culture, médias', en: 'Culture, media' },
    },
  },
  {
    title: { fr: 'Construire, cultiver, transporter', en: 'Build, grow, transport' },
    sectors: {
      building: { fr: 'Bâtiment, travaux publics', en: 'Building, civil engineering' },
      farming: { fr: 'Agriculture, forêt', en: 'Farming, forestry' },
      energy: { fr: 'Production d’énergie', en: 'Energy production' },
      recycling: { fr: 'Recyclage, réemploi, déchets', en: 'Recycling, reuse, waste' },
      transport: { fr: 'Transport, logistique', en: 'Transport, logistics' },
      administration: { fr: 'Collectivité, administration', en: 'Local authority, administration' },
    },
  },
  { title: { fr: 'Autre', en: 'Other' }, sectors: { other: { fr: 'Une autre activité', en: 'Another activity' } } },
];

const SECTORS: Record<string, ChoiceWords> = Object.assign({}, ...FAMILIES.map(({ sectors }) => sectors));

/** What routing reads: the French label of the list, or the holder's own words. */
export const sectorInWords = (values: { sector: string; otherSector?: string }): string =>
  values.otherSector ?? SECTORS[values.sector]?.fr ?? values.sector;

const OTHER_MAX = 80;

export const activite: Step = {
  slug: 'activite',
  question: { fr: 'Votre activité, votre équipe', en: 'Your activity and your team' },
  fields: madeOnce(({ language }) => {
    const say = inLanguage(language);
    return [
      {
        kind: 'radios',
        name: 'sector',
        label: say({ fr: 'Quelle est votre activité ?', en: 'What is your activity?' }),
        hint: say({
          fr: 'Celle du projet, si elle est différente de la vôtre.',
          en: 'That of the project, if it is not the same as yours.',
        }),
        groups: FAMILIES.map(({ title, sectors }) => ({ title: say(title), choices: choicesIn(language, sectors) })),
        schema: Joi.string()
          .valid(...Object.keys(SECTORS))
          .required()
          .messages({
            '*': say({
              fr: 'Choisissez l’activité la plus proche, ou « Une autre activité ».',
              en: 'Choose the closest activity, or “Another activity”.',
            }),
          }),
      },
      {
        kind: 'text',
        type: 'text',
        name: 'otherSector',
        label: say({ fr: 'Laquelle, en quelques mots ?', en: 'Which one, in a few words?' }),
        inSummary: say({ fr: 'Activité, avec vos mots', en: 'Activity, in your own words' }),
        max: OTHER_MAX,
        onlyIfOther: true,
        schema: Joi.when('sector', {
          is: 'other',
          // biome-ignore lint/suspicious/noThenProperty: the word that Joi chose for its conditions
          then: line(OTHER_MAX)
            .required()
            .messages({
              'string.max': say({
                fr: `Dites-le en ${OTHER_MAX} caractères au plus.`,
                en: `Say it in ${OTHER_MAX} characters at most.`,
              }),
              '*': say({
                fr: 'Dites quelle est votre activité, en quelques mots.',
                en: 'Say what your activity is, in a few words.',
              }),
            }),
          otherwise: Joi.any().strip(),
        }),
      },
      {
        kind: 'number',
        name: 'headcount',
        label: say({
          fr: 'Combien de personnes y travaillent, en vous comptant ?',
          en: 'How many people work there, including you?',
        }),
        hint: say({ fr: 'Laissez vide si vous ne savez pas.', en: 'Leave empty if you do not know.' }),
        optional: true,
        schema: Joi.number()
          .integer()
          .min(0)
          .max(500000)
          .empty(['', null])
          .default(null)
          .messages({
            '*': say({
              fr: 'Écrivez un nombre entier, par exemple 12, ou laissez vide.',
              en: 'Write a whole number, for example 12, or leave empty.',
            }),
          }),
      },
    ];
  }),
};
