import { HOURS_A_DAY } from '../calendar/businessTime.js';
import { type KpiId, kpi, type Unit } from './kpis.js';
import type { Figure } from './tally.js';
import { figureInWords } from './words.js';

/**
 * From how much on a change is worth a sentence: smaller ones are chance. `gap`: between the two figures; `relative`: the same
 * as a share of the earlier one; `base`: projects that each of the two is counted on, at least.
 */
export const THRESHOLDS: Record<Unit, { gap: number; relative: number; base: number; inWords: string }> = {
  count: {
    gap: 5,
    relative: 0.2,
    base: 1,
    inWords: 'un nombre de projets change d’au moins 5, et d’au moins 20 %, et ne suit pas seulement le nombre reçu',
  },
  share: {
    gap: 0.05,
    relative: 0,
    base: 10,
    inWords: 'une part change d’au moins 5 points, comptée chaque fois sur 10 projets au moins',
  },
  hours: {
    gap: HOURS_A_DAY / 2,
    relative: 0,
    base: 10,
    inWords: 'un délai change d’au moins une demi-journée ouvrée, compté chaque fois sur 10 projets au moins',
  },
};

/** What is said when a figure grows, or shrinks, in the order of importance. Figures without a row are only in the tables. */
const SENTENCES = {
  submitted: ['Plus de projets sont arrivés', 'Moins de projets sont arrivés'],
  takenWithin2: [
    'Les projets sont plus souvent pris en charge en deux jours ouvrés',
    'Les projets sont moins souvent pris en charge en deux jours ouvrés',
  ],
  medianDelay: ['La prise en charge est plus lente', 'La prise en charge est plus rapide'],
  longDelay: ['Les plus longues attentes s’allongent', 'Les plus longues attentes raccourcissent'],
  helped: ['Plus de projets ont été aidés', 'Moins de projets ont été aidés'],
  noSolution: ['Plus de projets restent sans solution', 'Moins de projets restent sans solution'],
  unreachable: ['Plus de personnes n’ont pas pu être jointes', 'Moins de personnes n’ont pas pu être jointes'],
  declined: ['Plus de projets ont été refusés par un partenaire', 'Moins de projets ont été refusés par un partenaire'],
  rerouted: ['Plus de projets ont été réorientés', 'Moins de projets ont été réorientés'],
  closedLoop: ['Les projets ont plus souvent une issue', 'Les projets ont moins souvent une issue'],
  backlog: ['Plus de projets restent ouverts', 'Moins de projets restent ouverts'],
  routed: [
    'Les règles orientent une plus grande part des projets',
    'Les règles orientent une plus petite part des projets',
  ],
  overridden: ['Les règles sont plus souvent contredites', 'Les règles sont moins souvent contredites'],
  outOfTerritory: ['Plus de projets viennent d’ailleurs', 'Moins de projets viennent d’ailleurs'],
  calledBack: [
    'Les personnes disent plus souvent avoir été rappelées',
    'Les personnes disent moins souvent avoir été rappelées',
  ],
  useful: ['L’accueil est plus souvent jugé utile', 'L’accueil est moins souvent jugé utile'],
} as const satisfies Partial<Record<KpiId, readonly [more: string, less: string]>>;
type Said = keyof typeof SENTENCES;
const SAID = Object.keys(SENTENCES) as Said[];

/** A figure beside those that it is compared with. */
export interface ComparedFigure {
  id: KpiId;
  figure: Figure;
  before: Figure;
  yearBefore: Figure;
}

export interface Change {
  /** Is it good news? Null when neither. */
  isGood: boolean | null;
  text: string;
}

const isCountedOn = ({ denominator }: Figure, base: number): boolean => (denominator ?? 0) >= base;

const shareOf = ({ value, denominator }: Figure): number => (value ?? 0) / (denominator || 1);

/** More projects come, and as many more are declined: that is one change, not two. */
const followsArrivals = (id: KpiId, now: Figure, then: Figure): boolean =>
  kpi(id).unit === 'count' &&
  id !== 'submitted' &&
  Math.sign(shareOf(now) - shareOf(then)) !== Math.sign((now.value ?? 0) - (then.value ?? 0));

/** Does a figure differ from an earlier one by more than chance? THRESHOLDS says from when on. */
export const isChange = (id: KpiId, now: Figure, then: Figure): boolean => {
  const { gap, relative, base } = THRESHOLDS[kpi(id).unit];
  if (now.value === null || then.value === null) return false;
  if (!isCountedOn(now, base) || !isCountedOn(then, base)) return false;
  // Two shares such as 0.55 and 0.6 differ by a little less than 0.05 to a computer.
  const difference = Math.abs(now.value - then.value) + 1e-9;
  return difference >= gap && difference >= relative * then.value && !followsArrivals(id, now, then);
};

const valueInWords = (id: KpiId, figure: Figure): string => {
  const { unit } = kpi(id);
  const isPart = unit === 'count' && id !== 'submitted';
  const words = figureInWords(unit, figure);
  return isPart ? `${words} sur ${figureInWords('count', { ...figure, value: figure.denominator })}` : words;
};

const AGAINST = { before: 'au trimestre d’avant', yearBefore: 'un an plus tôt' } as const;
type Earlier = keyof typeof AGAINST;

const sentenceOf = (row: ComparedFigure, id: Said, isMore: boolean, against: Earlier[]): Change => {
  const { good } = kpi(id);
  const [more, less] = SENTENCES[id];
  const earlier = against.map((one) => `${valueInWords(id, row[one])} ${AGAINST[one]}`).join(' et ');
  return {
    isGood: good === null ? null : (good === 'up') === isMore,
    text: `${isMore ? more : less}\u00a0: ${valueInWords(id, row.figure)}, contre ${earlier}.`,
  };
};

const changesOf = (row: ComparedFigure, id: Said, isUnderWay: boolean): Change[] => {
  if (isUnderWay && kpi(id).unit === 'count') return [];
  const changed = (Object.keys(AGAINST) as Earlier[]).filter((one) => isChange(id, row.figure, row[one]));
  const isMoreThan = (one: Earlier): boolean => (row.figure.value ?? 0) > (row[one].value ?? 0);
  return [true, false].flatMap((isMore) => {
    const against = changed.filter((one) => isMoreThan(one) === isMore);
    return against.length > 0 ? [sentenceOf(row, id, isMore, against)] : [];
  });
};

/** What changed, a sentence each, the most important first. While projects still come in, numbers of projects say nothing. */
export const changesIn = (figures: ComparedFigure[], isUnderWay: boolean): Change[] =>
  SAID.flatMap((id) => {
    const row = figures.find((figure) => figure.id === id);
    return row ? changesOf(row, id, isUnderWay) : [];
  });

/** Lines of a table whose number of projects changed: needs that more people ask for, places from where fewer come. */
export const changesOfLines = (
  lines: { label: string; now: number; before: number }[],
  say: (label: string, isMore: boolean) => string,
): Change[] => {
  const { gap, relative } = THRESHOLDS.count;
  return lines
    .filter(({ now, before }) => Math.abs(now - before) >= gap && Math.abs(now - before) >= relative * before)
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))
    .map(({ label, now, before }) => ({
      isGood: null,
      text: `${say(label, now > before)}\u00a0: ${now}, contre ${before} ${AGAINST.before}.`,
    }));
};
