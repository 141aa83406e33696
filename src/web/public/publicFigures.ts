import { businessHoursInWords, momentInWords } from '../../domain/calendar/words.js';
import type { PublicKpi, Published } from '../../domain/statistics/publicFigures.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import type { PublicFigures } from '../../services/statistics/readPublicFigures.js';

/** The figures that everybody may read, in the words of project holders; they are defined in domain/statistics/kpis.ts. */
export const PUBLIC_WORDS: Record<PublicKpi, { label: Words; sentence: Words }> = {
  submitted: {
    label: { fr: 'projets reçus', en: 'projects received' },
    sentence: {
      fr: 'Questionnaires envoyés ces 12 derniers mois, sans les publicités ni les recherches d’emploi.',
      en: 'Questionnaires sent in the last 12 months, without advertisements and job applications.',
    },
  },
  takenWithin2: {
    label: { fr: 'pris en charge en 2 jours ouvrés', en: 'taken on within 2 working days' },
    sentence: {
      fr: 'Une personne s’est engagée à appeler avant la fin du 2e jour ouvré, parmi les projets dont ce délai est passé.',
      en: 'Somebody undertook to call before the end of the 2nd working day, among projects for which that time is over.',
    },
  },
  medianDelay: {
    label: { fr: 'pour prendre un projet en charge', en: 'to take a project on' },
    sentence: {
      fr: 'La moitié des projets l’ont été plus vite. En heures ouvrées, 7 heures par jour.',
      en: 'Half of the projects were taken on faster. In working hours, 7 hours a day.',
    },
  },
  closedLoop: {
    label: { fr: 'ont reçu une réponse finale', en: 'have had a final answer' },
    sentence: {
      fr: 'Une issue est connue (aide, pas de solution, personne injoignable), parmi les projets envoyés depuis plus de 30 jours.',
      en: 'An outcome is known (help, no solution, holder out of reach), among projects sent more than 30 days ago.',
    },
  },
  helped: {
    label: { fr: 'projets aidés', en: 'projects helped' },
    sentence: {
      fr: 'Le partenaire a pu les aider, et leur suivi est terminé.',
      en: 'The partner was able to help, and the follow-up is over.',
    },
  },
  useful: {
    label: { fr: 'jugent l’accueil utile', en: 'found the welcome useful' },
    sentence: {
      fr: 'Parmi les personnes qui ont donné leur avis. Celles qui le donnent ne ressemblent pas forcément aux autres.',
      en: 'Among the people who gave their opinion. Those who do may not be like the others.',
    },
  },
  responses: {
    label: { fr: 'ont donné leur avis', en: 'gave their opinion' },
    sentence: {
      fr: 'Parmi les personnes dont le suivi est terminé depuis 10 jours ouvrés.',
      en: 'Among the people whose follow-up has been over for 10 working days.',
    },
  },
};

const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

export const numberInWords = (value: number, language: Language): string =>
  new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 0 }).format(value);

const percentInWords = (value: number, language: Language): string =>
  new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits: 0 }).format(value);

const LIMITS = {
  under: { fr: 'moins de', en: 'less than' },
  over: { fr: 'plus de', en: 'more than' },
} as const satisfies Record<string, Words>;
const FEW = { fr: 'trop peu', en: 'too few' };
const WITHHELD = { fr: 'non publié', en: 'not published' };

const valueInWords = (id: PublicKpi, value: number, language: Language): string => {
  if (id === 'medianDelay') return businessHoursInWords(value, language);
  const isCount = id === 'submitted' || id === 'helped';
  return isCount ? numberInWords(value, language) : percentInWords(value, language);
};

/** "380", "< 5", "82 %", "plus de 91 %", "1 jour et 2 heures", "non publié" */
export const publishedInWords = (id: PublicKpi, figure: Published, language: Language): string => {
  const say = inLanguage(language);
  if (figure.is === 'few') return say(FEW);
  if (figure.is === 'withheld') return say(WITHHELD);
  const value = valueInWords(id, figure.value, language);
  if (figure.is === 'exact') return value;
  if (id === 'submitted' || id === 'helped') return say({ fr: `<\u00a0${value}`, en: `fewer\u00a0than\u00a0${value}` });
  return `${say(LIMITS[figure.is])} ${value}`;
};

export interface FiguresModel {
  /** `base`: what a share is counted on; empty for the others. */
  tiles: { label: string; figure: string; base: string; sentence: string }[];
  /** "dimanche 22 novembre à 10 h" */
  at: string;
  isEnough: boolean;
  hasFictional: boolean;
}

/** Those of the home page; the others are on the page of figures. */
const HOME_KPIS: PublicKpi[] = ['submitted', 'takenWithin2', 'medianDelay', 'closedLoop'];

/** "Sur 143." */
const baseInWords = (figure: Published, language: Language): string => {
  if (!('base' in figure) || figure.base === null) return '';
  const number = numberInWords(figure.base, language);
  return `${inLanguage(language)({ fr: 'Sur', en: 'Out of' })}\u00a0${number}.`;
};

/** Tiles of figures that say something. */
export const tilesOf = ({ figures }: PublicFigures, ids: PublicKpi[], language: Language): FiguresModel['tiles'] =>
  ids
    .filter((id) => figures[id].is !== 'few')
    .map((id) => ({
      label: PUBLIC_WORDS[id].label[language],
      figure: publishedInWords(id, figures[id], language),
      base: baseInWords(figures[id], language),
      sentence: PUBLIC_WORDS[id].sentence[language],
    }));

/** What the home page shows of the figures; null while they are not known. */
export const figuresModel = (figures: PublicFigures | null, language: Language): FiguresModel | null => {
  if (!figures) return null;
  const { at, isEnough, hasFictional } = figures;
  const tiles = isEnough ? tilesOf(figures, HOME_KPIS, language) : [];
  return { tiles, at: momentInWords(at, language), isEnough, hasFictional };
};
