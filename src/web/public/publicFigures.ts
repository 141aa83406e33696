import { businessHoursInWords, momentInWords } from '../../domain/calendar/words.js';
import type { Figure } from '../../domain/statistics/tally.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import type { PublicFigures, PublicKpi } from '../../services/statistics/readPublicFigures.js';

/** The figures that everybody may read, in the words of project holders; they are defined in domain/statistics/kpis.ts. */
const ROWS: Record<PublicKpi, { label: Words; sentence: Words }> = {
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
};

const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

const figureIn = (id: PublicKpi, value: number, language: Language): string => {
  if (id === 'medianDelay') return businessHoursInWords(value, language);
  const style = id === 'submitted' ? 'decimal' : 'percent';
  return new Intl.NumberFormat(LOCALES[language], { style, maximumFractionDigits: 0 }).format(value);
};

const isKnown = ([, { value }]: [PublicKpi, Figure]): boolean => value !== null;

export interface FiguresModel {
  tiles: { label: string; figure: string; sentence: string }[];
  /** "dimanche 22 novembre à 10 h" */
  at: string;
  isEnough: boolean;
  hasFictional: boolean;
}

/** What the home page shows of the figures; null while they are not known. */
export const figuresModel = (figures: PublicFigures | null, language: Language): FiguresModel | null => {
  if (!figures) return null;
  const say = inLanguage(language);
  const rows = (Object.entries(figures.figures) as [PublicKpi, Figure][]).filter(isKnown);
  const tiles = rows.map(([id, { value }]) => ({
    label: say(ROWS[id].label),
    figure: figureIn(id, value ?? 0, language),
    sentence: say(ROWS[id].sentence),
  }));
  const { at, isEnough, hasFictional } = figures;
  return { tiles: isEnough ? tiles : [], at: momentInWords(at, language), isEnough, hasFictional };
};
