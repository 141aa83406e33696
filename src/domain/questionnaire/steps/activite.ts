import Joi from 'joi';
import type { ChoiceField, ChoiceGroup, NumberField, Step, TextField } from '../step.js';
import { line } from '../written.js';

/**
 * The closed list of activities. Routing reads the label, not the code (routing/sectors.ts): keep in each label the plain
 * word of the trade, and never mix trades that make things with trades that do not.
 */
const SECTORS = {
  'Fabriquer, transformer': {
    food: 'Agroalimentaire, boissons',
    metal: 'Métallurgie, mécanique, coutellerie',
    chemistry: 'Chimie, plasturgie, matériaux',
    pharmacy: 'Pharmacie, cosmétique, biotechnologies',
    textile: 'Textile, cuir, habillement',
    wood: 'Menuiserie, ameublement, papier',
    glass: 'Verre, céramique, pierre',
    electronics: 'Électronique, équipements électriques',
    vehicles: 'Aéronautique, automobile',
    'other-making': 'Autre fabrication',
  },
  'Vendre, servir, soigner': {
    retail: 'Commerce',
    hospitality: 'Restauration, hôtellerie',
    tourism: 'Tourisme, sport, loisirs',
    software: 'Logiciel, numérique',
    'business-services': 'Services aux entreprises',
    'personal-services': 'Services à la personne',
    health: 'Santé, action sociale',
    education: 'Enseignement, recherche',
    culture: 'Culture, médias',
  },
  'Construire, cultiver, transporter': {
    building: 'Bâtiment, travaux publics',
    farming: 'Agriculture, forêt',
    energy: 'Production d’énergie',
    recycling: 'Recyclage, réemploi, déchets',
    transport: 'Transport, logistique',
    administration: 'Collectivité, administration',
  },
} as const;

const LABELS = new Map<string, string>(Object.values(SECTORS).flatMap((sectors) => Object.entries(sectors)));

const groups: ChoiceGroup[] = [
  ...Object.entries(SECTORS).map(([title, sectors]) => ({
    title,
    choices: Object.entries(sectors).map(([value, label]) => ({ value, label })),
  })),
  { title: 'Autre', choices: [{ value: 'other', label: 'Une autre activité' }] },
];

const sector: ChoiceField = {
  kind: 'radios',
  name: 'sector',
  label: 'Quelle est votre activité ?',
  hint: 'Celle du projet, si elle est différente de la vôtre.',
  groups,
  schema: Joi.string()
    .valid(...LABELS.keys(), 'other')
    .required()
    .messages({ '*': 'Choisissez l’activité la plus proche, ou « Une autre activité ».' }),
};

const otherSector: TextField = {
  kind: 'text',
  type: 'text',
  name: 'otherSector',
  label: 'Laquelle, en quelques mots ?',
  inSummary: 'Activité, avec vos mots',
  max: 80,
  onlyIfOther: true,
  schema: Joi.when('sector', {
    is: 'other',
    // biome-ignore lint/suspicious/noThenProperty: the word that Joi chose for its conditions
    then: line(80).required().messages({
      'string.max': 'Dites-le en 80 caractères au plus.',
      '*': 'Dites quelle est votre activité, en quelques mots.',
    }),
    otherwise: Joi.any().strip(),
  }),
};

const headcount: NumberField = {
  kind: 'number',
  name: 'headcount',
  label: 'Combien de personnes y travaillent, vous compris ?',
  hint: 'Laissez vide si vous ne savez pas.',
  optional: true,
  schema: Joi.number().integer().min(0).max(500000).empty(['', null]).default(null).messages({
    '*': 'Écrivez un nombre entier, par exemple 12, ou laissez vide.',
  }),
};

/** What routing reads: the label of the list, or the holder's own words. */
export const sectorInWords = (values: { sector: string; otherSector?: string }): string =>
  values.otherSector ?? LABELS.get(values.sector) ?? values.sector;

export const activite: Step = {
  slug: 'activite',
  question: { fr: 'Votre activité, votre équipe', en: 'Your activity and your team' },
  fields: () => [sector, otherSector, headcount],
};
