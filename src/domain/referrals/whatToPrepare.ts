import type { RoutingFacts } from '../questionnaire/facts.js';
import type { Language, Words } from '../territory/language.js';
import type { Need } from '../territory/needs.js';

const QUESTIONS: Words = {
  fr: 'Les questions que vous voulez poser',
  en: 'The questions that you want to ask',
};
const PREMISES: Words = {
  fr: 'La surface qu’il vous faut, votre budget, et la date où vous voulez entrer dans les lieux',
  en: 'The floor area that you need, your budget, and the date when you want to move in',
};
const LAND: Words = {
  fr: `${PREMISES.fr} ; les raccordements nécessaires (gaz, eau, électricité)`,
  en: `${PREMISES.en}; the connections needed (gas, water, electricity)`,
};
const BILLS: Words = {
  fr: 'Vos dernières factures, ou vos consommations sur un an',
  en: 'Your latest bills, or what you used over a year',
};
const FIGURES: Words = {
  fr: 'Vos chiffres, même approximatifs : ce que le projet coûte, ce qu’il rapporte, ce qui est déjà trouvé',
  en: 'Your figures, even rough ones: what the project costs, what it brings in, what is already found',
};

/** What makes the first call useful, for needs where something can be got ready. Nothing is ever required. */
const BY_NEED: Partial<Record<Need, Words>> = {
  funding: FIGURES,
  'business-creation': FIGURES,
  'business-transfer': {
    fr: 'Les derniers comptes de l’entreprise, et le calendrier que vous avez en tête',
    en: 'The company’s latest accounts, and the timetable that you have in mind',
  },
  'start-up-premises': PREMISES,
  'business-premises': PREMISES,
  'industrial-land': LAND,
  brownfields: {
    fr: 'L’adresse du site et, si vous le connaissez, le nom de son propriétaire',
    en: 'The address of the site and, if you know it, the name of its owner',
  },
  'industry-of-the-future': {
    fr: 'Les étapes de votre production qui vous coûtent le plus de temps',
    en: 'The steps of your production that take you the most time',
  },
  energy: BILLS,
  water: BILLS,
  skills: {
    fr: 'Les métiers concernés et le nombre de personnes',
    en: 'The trades concerned and the number of people',
  },
  mobility: {
    fr: 'D’où viennent vos salariés ou vos livraisons, et à quelles heures',
    en: 'Where your staff or your deliveries come from, and at what times',
  },
  research: {
    fr: 'Ce que vous avez déjà essayé, et ce que vous voulez savoir',
    en: 'What you have already tried, and what you want to find out',
  },
  'technology-transfer': {
    fr: 'Où l’invention a déjà été montrée ou publiée : cela compte pour la protéger',
    en: 'Where the invention has already been shown or published: it matters when protecting it',
  },
  'student-entrepreneurship': {
    fr: 'Votre formation et votre emploi du temps',
    en: 'Your course and your timetable',
  },
};

/** A short list for the receipt and the holder's page, the main need first. */
export const whatToPrepare = (facts: Pick<RoutingFacts, 'needs'>, language: Language = 'fr'): string[] => {
  const forNeeds = facts.needs.slice(0, 3).flatMap((need) => BY_NEED[need] ?? []);
  return [...new Set([QUESTIONS, ...forNeeds])].map((words) => words[language]);
};
