import Joi from 'joi';
import { NEED_IDS, type Need } from '../../territory/needs.js';
import type { Choice, ChoiceField, ChoiceGroup, Step } from '../step.js';

const THEMES = {
  start: 'Créer, reprendre, transmettre',
  support: 'Être conseillé, trouver de l’argent, recruter',
  place: 'Trouver un lieu',
  town: 'Commerce et centre-ville',
  produce: 'Produire mieux',
  innovate: 'Innover',
} as const;
type Theme = keyof typeof THEMES;

/**
 * The 26 needs as a project holder would say them. A need without its words does not compile.
 * The partners' own labels are in territory/needs.ts.
 */
const WORDS: Record<Need, { theme: Theme; label: string; hint?: string }> = {
  'business-creation': { theme: 'start', label: 'Je veux créer mon entreprise' },
  'business-transfer': { theme: 'start', label: 'Je veux reprendre ou transmettre une entreprise' },
  'student-entrepreneurship': { theme: 'start', label: 'Je veux entreprendre pendant mes études' },
  incubation: {
    theme: 'start',
    label: 'Je cherche un incubateur pour lancer ma start-up',
    hint: 'Un accompagnement de plusieurs mois pour un projet innovant',
  },
  crafts: { theme: 'start', label: 'Mon projet touche à un métier de l’artisanat' },
  'social-economy': {
    theme: 'start',
    label: 'Mon projet est social ou solidaire',
    hint: 'Association, coopérative, entreprise d’insertion',
  },
  advice: {
    theme: 'support',
    label: 'Je veux parler de mon projet avec quelqu’un',
    hint: 'Faire le point, savoir par où commencer',
  },
  funding: {
    theme: 'support',
    label: 'Je cherche un financement',
    hint: 'Prêt, subvention, investisseurs',
  },
  skills: { theme: 'support', label: 'Je cherche à recruter ou à former' },
  export: { theme: 'support', label: 'Je veux vendre à l’étranger' },
  promotion: {
    theme: 'support',
    label: 'Je veux faire connaître les entreprises d’ici',
    hint: 'Concours, salon, rencontres, prix',
  },
  'start-up-premises': {
    theme: 'place',
    label: 'Je cherche un bureau ou un atelier pour démarrer',
    hint: 'En pépinière ou en hôtel d’entreprises, avec un bail court',
  },
  'business-premises': { theme: 'place', label: 'Je cherche un local ou un terrain' },
  'industrial-land': { theme: 'place', label: 'Je cherche un terrain ou un bâtiment pour produire' },
  brownfields: {
    theme: 'place',
    label: 'Je veux réutiliser une friche',
    hint: 'Une usine fermée, un site abandonné',
  },
  'inward-investment': { theme: 'place', label: 'Je veux installer mon entreprise dans la région' },
  'retail-planning': { theme: 'town', label: 'Je veux ouvrir, agrandir ou réaménager des commerces' },
  'town-centres': { theme: 'town', label: 'Mon centre-ville ou mon quartier se vide' },
  'industry-of-the-future': {
    theme: 'produce',
    label: 'Je veux moderniser ma production',
    hint: 'Machines, robots, numérique',
  },
  energy: { theme: 'produce', label: 'Je veux consommer moins d’énergie' },
  water: { theme: 'produce', label: 'Mon procédé consomme trop d’eau' },
  mobility: {
    theme: 'produce',
    label: 'Je veux améliorer les déplacements',
    hint: 'Trajets des salariés, livraisons, véhicules',
  },
  acceptability: { theme: 'produce', label: 'Mon projet d’usine ou d’atelier inquiète les voisins' },
  cooperation: { theme: 'produce', label: 'Je veux travailler avec d’autres industriels d’ici' },
  research: { theme: 'innovate', label: 'Je cherche un laboratoire ou des chercheurs' },
  'technology-transfer': {
    theme: 'innovate',
    label: 'J’ai une invention à protéger ou à vendre',
    hint: 'Brevet, licence, résultat de recherche',
  },
};

const choiceOf = (need: Need): Choice => {
  const { label, hint } = WORDS[need];
  return hint ? { value: need, label, hint } : { value: need, label };
};

const WORDED = Object.keys(WORDS) as Need[];

const GROUPS: ChoiceGroup[] = (Object.keys(THEMES) as Theme[]).map((theme) => ({
  title: THEMES[theme],
  choices: WORDED.filter((need) => WORDS[need].theme === theme).map(choiceOf),
}));

/** These needs as choices, in this order. */
export const choicesOf = (needs: Need[]): Choice[] => needs.map(choiceOf);

const CHOOSE = 'Cochez au moins un besoin, ou « Je ne sais pas encore ».';

/** "Je ne sais pas encore" cannot go with a need. */
const onlyUnknownAlone: Joi.CustomValidator<string[]> = (needs, helpers) =>
  needs.includes('unknown') && needs.length > 1 ? helpers.error('needs.both') : needs;

const needs: ChoiceField = {
  kind: 'checkboxes',
  name: 'needs',
  label: 'De quoi avez-vous besoin ?',
  hint: 'Cochez tout ce qui vous concerne. Si vous hésitez, « Je ne sais pas encore » est en bas de la liste.',
  groups: GROUPS,
  none: { value: 'unknown', label: 'Je ne sais pas encore', hint: 'Une personne fera le point avec vous' },
  schema: Joi.array()
    .single()
    .items(Joi.string().valid(...NEED_IDS, 'unknown'))
    .unique()
    .min(1)
    .custom(onlyUnknownAlone)
    .required()
    .messages({
      'needs.both': 'Gardez vos besoins, ou seulement « Je ne sais pas encore ».',
      '*': CHOOSE,
    }),
};

export const besoins: Step = {
  slug: 'besoins',
  question: { fr: needs.label, en: needs.label },
  fields: () => [needs],
};
