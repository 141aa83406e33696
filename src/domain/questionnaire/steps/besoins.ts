import { inLanguage, type Language, type Words } from '../../territory/language.js';
import { NEED_IDS, type Need } from '../../territory/needs.js';
import { type ChoiceWords, choiceIn } from '../choices.js';
import { listOf, NOT_ALONE } from '../listOf.js';
import { type Choice, madeOnce, type Step } from '../step.js';

const THEMES = {
  start: { fr: 'Créer, reprendre, transmettre', en: 'Start, take over, hand over' },
  support: { fr: 'Demander conseil, trouver de l’argent, recruter', en: 'Get advice, find money, recruit' },
  place: { fr: 'Trouver un lieu', en: 'Find a place' },
  town: { fr: 'Commerce et centre-ville', en: 'Shops and town centre' },
  produce: { fr: 'Produire mieux', en: 'Produce better' },
  innovate: { fr: 'Innover', en: 'Innovate' },
} satisfies Record<string, Words>;
type Theme = keyof typeof THEMES;

/**
 * The 26 needs as a project holder would say them. A need without its words does not compile.
 * The partners' own labels are in territory/needs.ts.
 */
const NEEDS: Record<Need, ChoiceWords & { theme: Theme }> = {
  'business-creation': { theme: 'start', fr: 'Je veux créer mon entreprise', en: 'I want to start my own business' },
  'business-transfer': {
    theme: 'start',
    fr: 'Je veux reprendre ou transmettre une entreprise',
    en: 'I want to take over a business, or hand mine over',
  },
  'student-entrepreneurship': {
    theme: 'start',
    fr: 'Je veux entreprendre pendant mes études',
    en: 'I want to start something while I study',
  },
  incubation: {
    theme: 'start',
    fr: 'Je cherche un incubateur pour lancer ma start-up',
    en: 'I am looking for an incubator to launch my start-up',
    hint: {
      fr: 'Un accompagnement de plusieurs mois pour un projet innovant',
      en: 'Several months of support for an innovative project',
    },
  },
  crafts: {
    theme: 'start',
    fr: 'Mon projet touche à un métier de l’artisanat',
    en: 'My project is about a craft trade',
  },
  'social-economy': {
    theme: 'start',
    fr: 'Mon projet est social ou solidaire',
    en: 'My project has a social purpose',
    hint: {
      fr: 'Association, coopérative, entreprise d’insertion',
      en: 'Non-profit, cooperative, business that helps people back to work',
    },
  },
  advice: {
    theme: 'support',
    fr: 'Je veux parler de mon projet avec quelqu’un',
    en: 'I want to talk about my project with somebody',
    hint: { fr: 'Faire le point, savoir par où commencer', en: 'Take stock, find out where to begin' },
  },
  funding: {
    theme: 'support',
    fr: 'Je cherche un financement',
    en: 'I am looking for funding',
    hint: { fr: 'Prêt, subvention, investisseurs', en: 'Loan, grant, investors' },
  },
  skills: { theme: 'support', fr: 'Je cherche à recruter ou à former', en: 'I want to recruit or train people' },
  export: { theme: 'support', fr: 'Je veux vendre à l’étranger', en: 'I want to sell abroad' },
  promotion: {
    theme: 'support',
    fr: 'Je veux faire connaître les entreprises d’ici',
    en: 'I want to make local businesses better known',
    hint: { fr: 'Concours, salon, rencontres, prix', en: 'Competition, fair, meetings, awards' },
  },
  'start-up-premises': {
    theme: 'place',
    fr: 'Je cherche un bureau ou un atelier pour démarrer',
    en: 'I am looking for an office or a workshop to start in',
    hint: {
      fr: 'En pépinière ou en hôtel d’entreprises, avec un bail court',
      en: 'In a business centre, with a short lease',
    },
  },
  'business-premises': {
    theme: 'place',
    fr: 'Je cherche un local ou un terrain',
    en: 'I am looking for premises or land',
  },
  'industrial-land': {
    theme: 'place',
    fr: 'Je cherche un terrain ou un bâtiment pour produire',
    en: 'I am looking for land or a building to produce in',
  },
  brownfields: {
    theme: 'place',
    fr: 'Je veux réutiliser une friche',
    en: 'I want to reuse a disused site',
    hint: { fr: 'Une usine fermée, un site abandonné', en: 'A closed factory, an abandoned site' },
  },
  'inward-investment': {
    theme: 'place',
    fr: 'Je veux installer mon entreprise dans la région',
    en: 'I want to bring my company to the area',
  },
  'retail-planning': {
    theme: 'town',
    fr: 'Je veux ouvrir, agrandir ou réaménager des commerces',
    en: 'I want to open, extend or refurbish shops',
  },
  'town-centres': {
    theme: 'town',
    fr: 'Mon centre-ville ou mon quartier se vide',
    en: 'My town centre or neighbourhood is emptying',
  },
  'industry-of-the-future': {
    theme: 'produce',
    fr: 'Je veux moderniser ma production',
    en: 'I want to modernise my production',
    hint: { fr: 'Machines, robots, numérique', en: 'Machines, robots, digital tools' },
  },
  energy: { theme: 'produce', fr: 'Je veux consommer moins d’énergie', en: 'I want to use less energy' },
  water: { theme: 'produce', fr: 'Mon procédé consomme trop d’eau', en: 'My process uses too much water' },
  mobility: {
    theme: 'produce',
    fr: 'Je veux améliorer les déplacements',
    en: 'I want to improve how people and goods travel',
    hint: { fr: 'Trajets des salariés, livraisons, véhicules', en: 'Commuting, deliveries, vehicles' },
  },
  acceptability: {
    theme: 'produce',
    fr: 'Mon projet d’usine ou d’atelier inquiète les voisins',
    en: 'My factory or workshop project worries the neighbours',
  },
  cooperation: {
    theme: 'produce',
    fr: 'Je veux travailler avec d’autres industriels d’ici',
    en: 'I want to work with other manufacturers nearby',
  },
  research: {
    theme: 'innovate',
    fr: 'Je cherche un laboratoire ou des chercheurs',
    en: 'I am looking for a laboratory or researchers',
  },
  'technology-transfer': {
    theme: 'innovate',
    fr: 'J’ai une invention à protéger ou à vendre',
    en: 'I have an invention to protect or sell',
    hint: { fr: 'Brevet, licence, résultat de recherche', en: 'Patent, licence, research result' },
  },
};

const UNKNOWN: ChoiceWords = {
  fr: 'Je ne sais pas encore',
  en: 'I do not know yet',
  hint: { fr: 'Une personne fera le point avec vous', en: 'Somebody will talk it through with you' },
};

const CHOOSE: Words = {
  fr: 'Cochez au moins un besoin, ou « Je ne sais pas encore ».',
  en: 'Tick at least one need, or “I do not know yet”.',
};
const KEEP: Words = {
  fr: 'Gardez vos besoins, ou seulement « Je ne sais pas encore ».',
  en: 'Keep your needs, or only “I do not know yet”.',
};

/** These needs as choices, in this order. */
export const needChoices = (language: Language, needs: readonly Need[]): Choice[] =>
  needs.map((need) => choiceIn(language, need, NEEDS[need]));

const needsAbout = (theme: Theme): Need[] =>
  (Object.keys(NEEDS) as Need[]).filter((need) => NEEDS[need].theme === theme);

const question = { fr: 'De quoi avez-vous besoin ?', en: 'What do you need?' };

export const besoins: Step = {
  slug: 'besoins',
  question,
  fields: madeOnce(({ language }) => {
    const say = inLanguage(language);
    return [
      {
        kind: 'checkboxes',
        name: 'needs',
        label: say(question),
        hint: say({
          fr: 'Cochez tout ce qui vous concerne. Si vous hésitez, « Je ne sais pas encore » est en bas de la liste.',
          en: 'Tick everything that applies to you. If you are unsure, “I do not know yet” is at the end of the list.',
        }),
        groups: (Object.keys(THEMES) as Theme[]).map((theme) => ({
          title: say(THEMES[theme]),
          choices: needChoices(language, needsAbout(theme)),
        })),
        none: choiceIn(language, 'unknown', UNKNOWN),
        schema: listOf(NEED_IDS, 'unknown')
          .min(1)
          .required()
          .messages({ [NOT_ALONE]: say(KEEP), '*': say(CHOOSE) }),
      },
    ];
  }),
};
