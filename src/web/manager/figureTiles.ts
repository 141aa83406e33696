import { type Account, may } from '../../domain/referrals/access.js';
import { GROUPED } from '../../domain/statistics/groups.js';
import { type Kpi, kpi } from '../../domain/statistics/kpis.js';
import type { Figure } from '../../domain/statistics/tally.js';
import { baseInWords, changeInWords, figureInWords } from '../../domain/statistics/words.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Figures } from '../../services/statistics/readFigures.js';
import { printFigures } from './figureQuery.js';

type FigureRow = Figures['figures'][number];

/** What a figure is compared with, after "plus" and after the same. */
const BEFORE = { more: 'que la période d’avant', same: 'comme la période d’avant' };
const YEAR_BEFORE = { more: 'qu’un an avant', same: 'comme un an avant' };

/** Without a project then, there is nothing to compare with. */
export const hasProjects = (figures: FigureRow[], when: 'before' | 'yearBefore'): boolean =>
  figures.some((row) => row.id === 'submitted' && (row[when].value ?? 0) > 0);

/** Both are the same months for a period of a year. */
export const isSameYear = ({ before, yearBefore }: Pick<Figures, 'before' | 'yearBefore'>): boolean =>
  before.first === yearBefore.first && before.last === yearBefore.last;

const WORTH = { good: 'c’est mieux', bad: 'c’est moins bien' };

const worthOf = ({ good }: Kpi, arrow: 'up' | 'down' | 'same'): keyof typeof WORTH | null => {
  if (good === null || arrow === 'same') return null;
  return arrow === good ? 'good' : 'bad';
};

const trend = (row: Kpi, figure: Figure, then: Figure, words: typeof BEFORE) => {
  const change = changeInWords(row.unit, figure, then);
  if (!change) return [];
  const was = figureInWords(row.unit, then);
  const worth = worthOf(row, change.arrow);
  const text = change.arrow === 'same' ? `${capital(words.same)} (${was})` : `${change.text} ${words.more} (${was})`;
  return [{ arrow: change.arrow, text, worth, worthText: worth && WORTH[worth] }];
};

const tile = ({ id, figure, before, yearBefore }: FigureRow, figures: Figures, behind: string | null) => {
  const row = kpi(id);
  const isCompared = !(figures.isUnderWay && row.unit === 'count');
  const base = figure.value === null ? '' : baseInWords(row, figure);
  return {
    label: row.label,
    figure: figureInWords(row.unit, figure),
    base: base && capital(base),
    trends: isCompared
      ? [
          ...(hasProjects(figures.figures, 'before') ? trend(row, figure, before, BEFORE) : []),
          ...(hasProjects(figures.figures, 'yearBefore') && !isSameYear(figures)
            ? trend(row, figure, yearBefore, YEAR_BEFORE)
            : []),
        ]
      : [],
    sentence: frenchTypography(row.sentence),
    href: behind !== null && hasSome(figure) ? `${paths.behindFigure(id)}?${behind}` : null,
  };
};

/** Are there projects to list? */
const hasSome = ({ numerator, denominator }: Figure): boolean => (numerator ?? denominator ?? 0) > 0;

/** Every figure under its heading, ready for views/manager/figureTile.ejs, each with its projects for whoever may see them. */
export const figureTiles = (figures: Figures, reader: Account) => {
  const behind = may(reader, 'seeBehindFigures') ? printFigures(figures) : null;
  return GROUPED.map(({ id, title, kpis }) => ({
    id,
    title,
    tiles: kpis.flatMap((one) => {
      const found = figures.figures.find((row) => row.id === one);
      return found ? [tile(found, figures, behind)] : [];
    }),
  }));
};
