import type { Request, Response } from 'express';
import { dateInWords, monthInWords, timeInWords } from '../../domain/calendar/words.js';
import { FEWEST } from '../../domain/statistics/protect.js';
import {
  ELSEWHERE,
  ENOUGH_PROJECTS,
  METROPOLE,
  PUBLIC_COLUMNS,
  PUBLIC_KPIS,
  type PublicRow,
} from '../../domain/statistics/publicFigures.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';
import type { PublicFigures } from '../../services/statistics/readPublicFigures.js';
import type { Services } from '../../services.js';
import { type OpenPage, openPage } from './openPage.js';
import { PUBLIC_WORDS, publishedInWords, tilesOf } from './publicFigures.js';
import { quarterChart } from './quarterChart.js';

type Uses = Pick<Services, 'readPublicFigures' | 'territory'>;

const COLUMNS: Record<(typeof PUBLIC_COLUMNS)[number], Words> = {
  submitted: { fr: 'Projets reçus', en: 'Projects received' },
  takenWithin2: { fr: 'Pris en charge en 2 jours ouvrés', en: 'Taken on within 2 working days' },
  medianDelay: { fr: 'Délai médian', en: 'Median time' },
  helped: { fr: 'Projets aidés', en: 'Projects helped' },
};

/** The name of a line of the table of territories. */
export const placeInWords = (id: string, language: Language, { places, words }: Territory): string => {
  if (id === ELSEWHERE) return inLanguage(language)({ fr: 'Ailleurs, ou non précisé', en: 'Elsewhere, or not said' });
  return id === METROPOLE ? (places[id] ?? id) : `Territoire d’industrie ${words.alliances[id]}`;
};

const QUARTERS = { fr: 'T', en: 'Q' } as const satisfies Words;

/** "T4 2026", "Q4 2026" */
const quarterInShort = (id: string, language: Language): string =>
  `${QUARTERS[language]}${id.slice(6)}\u00a0${id.slice(0, 4)}`;

const countOf = (first: string, last: string): number => Number(last.slice(5)) - Number(first.slice(5)) + 1;

const monthAlone = (month: string, language: Language): string => monthInWords(month, language).split(/\s/)[0] ?? '';

/** Which months of its quarter are counted: empty when all three are. */
const monthsCounted = ({ months }: Pick<PublicRow, 'months'>, language: Language): string => {
  if (!months || countOf(months.first, months.last) === 3) return '';
  const [first, last] = [monthAlone(months.first, language), monthAlone(months.last, language)];
  return first === last ? first : inLanguage(language)({ fr: `${first} et ${last}`, en: `${first} and ${last}` });
};

const shortMonths = ({ months }: Pick<PublicRow, 'months'>, language: Language): string => {
  if (!months || countOf(months.first, months.last) === 3) return '';
  const { format } = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
  const short = (month: string): string => format(new Date(`${month}-01T12:00:00Z`));
  return months.first === months.last ? short(months.first) : `${short(months.first)}, ${short(months.last)}`;
};

/** "4e trimestre 2026 (octobre et novembre)" */
export const quarterInWords = (row: Pick<PublicRow, 'id' | 'months'>, language: Language): string => {
  const [year, quarter] = row.id.split('-T');
  const name = inLanguage(language)({
    fr: `${quarter}${quarter === '1' ? 'er' : 'e'} trimestre ${year}`,
    en: `Quarter ${quarter} of ${year}`,
  });
  const months = monthsCounted(row, language);
  return months ? `${name} (${months})` : name;
};

const tableModel = (caption: string, of: string, rows: { name: string; row: PublicRow }[], language: Language) => ({
  caption,
  columns: [{ label: of }, ...PUBLIC_COLUMNS.map((id) => ({ label: COLUMNS[id][language], isNumber: true }))],
  rows: rows.map(({ name, row }) => [
    name,
    ...PUBLIC_COLUMNS.map((id) => publishedInWords(id, row.figures[id], language)),
  ]),
});

const chartOf = ({ byQuarter }: PublicFigures, language: Language) =>
  quarterChart(
    byQuarter.map((row) => ({
      label: quarterInShort(row.id, language),
      under: shortMonths(row, language),
      text: publishedInWords('submitted', row.figures.submitted, language),
      value: row.figures.submitted.is === 'exact' ? row.figures.submitted.value : null,
    })),
  );

/** The page's part that is there once figures are known and are enough. */
const figuresPart = (figures: PublicFigures, language: Language, territory: Territory) => {
  const say = inLanguage(language);
  const { at, months, byTerritory, byQuarter, hasFictional } = figures;
  return {
    hasFictional,
    asOf: `${dateInWords(at, language)}${say({ fr: ' à', en: ',' })} ${timeInWords(at, language)}`,
    from: monthInWords(months.first, language),
    to: monthInWords(months.last, language),
    tiles: tilesOf(figures, [...PUBLIC_KPIS], language),
    chart: chartOf(figures, language),
    quarters: tableModel(
      say({ fr: 'Par trimestre', en: 'By quarter' }),
      say({ fr: 'Trimestre', en: 'Quarter' }),
      byQuarter.map((row) => ({ name: quarterInWords(row, language), row })),
      language,
    ),
    places: tableModel(
      say({ fr: 'Par territoire', en: 'By area' }),
      say({ fr: 'Territoire', en: 'Area' }),
      byTerritory.map((row) => ({ name: placeInWords(row.id, language, territory), row })),
      language,
    ),
  };
};

/** A few figures for everybody, with their definitions; in French and in English. */
export const figuresPage = ({ readPublicFigures, territory }: Uses): OpenPage =>
  openPage({
    path: paths.publicFigures(),
    view: 'public/figures',
    facts: readPublicFigures,
    model: (figures, { language }) => {
      const say = inLanguage(language);
      return {
        title: say({ fr: 'Les chiffres de la porte d’entrée', en: 'The figures of the front door' }),
        description: say({
          fr: `Ce que deviennent les projets reçus ${territory.words.inTerritory.fr} : combien, en combien de temps, avec quelle issue.`,
          en: `What becomes of the projects received ${territory.words.inTerritory.en}: how many, how fast, with what outcome.`,
        }),
        isKnown: figures !== null,
        figures: figures?.isEnough ? figuresPart(figures, language, territory) : null,
        enough: ENOUGH_PROJECTS,
        fewest: FEWEST,
        json: paths.publicFiguresJson(),
      };
    },
  });

/** The same as data for machines, with the same things left out. Kept by caches as long as the figures are. */
export const showFiguresJson =
  ({ readPublicFigures, territory }: Uses) =>
  async (_req: Request, res: Response): Promise<void> => {
    const figures = await readPublicFigures();
    res.set({ 'Cache-Control': figures ? 'public, max-age=600' : 'no-store', 'Access-Control-Allow-Origin': '*' });
    res.status(figures ? 200 : 503).json(openData(figures?.isEnough ? figures : null, figures, territory));
  };

const LICENCE = {
  name: 'Licence Ouverte / Open Licence 2.0 (Etalab)',
  url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
};

const ABOUT_HIDDEN = `Counts under ${FEWEST} are given as { "is": "under", "value": ${FEWEST} }. A share is { "is": "under" } or { "is": "over" } a bound when its exact value would tell of fewer than ${FEWEST} projects, and { "is": "few" } when it counts fewer than ${FEWEST}. { "is": "withheld" }: it would give away, by subtraction, a line of fewer than ${FEWEST} (complementary suppression), or the line itself is hidden.`;

const openData = (figures: PublicFigures | null, known: PublicFigures | null, territory: Territory) => ({
  title: `${territory.words.service.fr} ${territory.words.name}`,
  licence: LICENCE,
  asOf: known?.at ?? null,
  isFictional: known?.hasFictional ?? null,
  /** Fewer than ENOUGH_PROJECTS: nothing is published. */
  isPublished: figures !== null,
  publishedFrom: { projects: ENOUGH_PROJECTS },
  months: known?.months ?? null,
  units: { shares: 'from 0 to 1', delays: 'opening hours, 7 a day' },
  hidden: ABOUT_HIDDEN,
  definitions: PUBLIC_WORDS,
  figures: figures?.figures ?? null,
  byQuarter: figures?.byQuarter ?? null,
  byTerritory:
    figures?.byTerritory.map(({ id, figures: own }) => ({
      id,
      label: { fr: placeInWords(id, 'fr', territory), en: placeInWords(id, 'en', territory) },
      figures: own,
    })) ?? null,
});
