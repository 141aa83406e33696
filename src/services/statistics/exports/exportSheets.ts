import { dateInWords, timeInWords } from '../../../domain/calendar/words.js';
import type { Account } from '../../../domain/referrals/access.js';
import { EXPORTS, type ExportId, mayExport } from '../../../domain/statistics/exports.js';
import { type FactColumn, lineOf } from '../../../domain/statistics/factColumns.js';
import {
  choicesFor,
  type Filters,
  filtersFor,
  filtersProblem,
  selectedBy,
} from '../../../domain/statistics/filters.js';
import { monthsOf } from '../../../domain/statistics/lookedAt.js';
import { type Names, namesOf } from '../../../domain/statistics/names.js';
import { PROJECT_COLUMNS } from '../../../domain/statistics/projectColumns.js';
import { REFERRAL_COLUMNS } from '../../../domain/statistics/referralColumns.js';
import type { Format, Sheet, SheetValue } from '../../../domain/statistics/sheets.js';
import { Forbidden, Invalid } from '../../../errors.js';
import type { Parts } from '../../parts.js';
import { countedAt } from '../lastCount.js';
import { type FigureQuery, readFigures } from '../readFigures.js';
import type { MonthParts } from '../readMonths.js';
import { type About, figureSheets, figureTable, filtersInWords } from './figureSheets.js';

export type SheetParts = MonthParts &
  Pick<Parts, 'channels' | 'clock' | 'marks' | 'projectFacts' | 'referralFacts' | 'territory'>;

export interface ExportQuery extends FigureQuery {
  what: ExportId;
  format: Format;
}

/** The tables of a file, whose rows are read as they are written, and how many rows there are; 0 when it takes no time. */
export interface ExportSheets {
  sheets: Sheet[];
  total: number;
}

/** Throws Forbidden for what the account may not have, and Invalid for filters that cannot be counted together. */
export const checkExport = (by: Account, { what, filters }: Pick<ExportQuery, 'what' | 'filters'>): void => {
  if (!mayExport(by, what)) throw new Forbidden();
  if (filtersProblem(filtersFor(by, filters)))
    throw new Invalid('Choisissez deux filtres au plus, chacun d’une autre sorte.');
};

const aboutOf = async ({ channels, territory }: SheetParts, filters: Filters): Promise<About> => {
  const directory = { territory, channels: await channels.all() };
  const wordsOf = (id: keyof Filters, value: string): string =>
    choicesFor(id, directory).find((choice) => choice.value === value)?.label ?? value;
  return { filters: filtersInWords(filters, wordsOf), names: namesOf(territory, directory.channels) };
};

async function* lines<Facts>(
  rows: AsyncIterable<Facts[]>,
  columns: FactColumn<Facts>[],
  names: Names,
  onRows: (count: number) => void,
): AsyncGenerator<SheetValue[][]> {
  for await (const batch of rows) {
    onRows(batch.length);
    yield batch.map((row) => lineOf(columns, row, names));
  }
}

/** What the file is about, then what each column says. */
const definitions = (columns: Pick<FactColumn<never>, 'label' | 'means'>[], about: [string, string][]): Sheet => ({
  name: 'Définitions',
  columns: [
    { label: 'Colonne', width: 30 },
    { label: 'Ce qu’elle dit', width: 110 },
  ],
  rows: [...about, ...columns.map(({ label, means }) => [label, means])],
});

const factSheets = <Facts>(
  what: ExportId,
  columns: FactColumn<Facts>[],
  rows: AsyncIterable<Facts[]>,
  { about, lines: written }: { about: About; lines: { period: string; asOf: Date; onRows: (count: number) => void } },
): Sheet[] => [
  { name: EXPORTS[what].label, columns, rows: lines(rows, columns, about.names, written.onRows) },
  definitions(columns, [
    ['Période', written.period],
    ['Données au', `${dateInWords(written.asOf)} à ${timeInWords(written.asOf)}`],
    ...about.filters.map(({ label, value }): [string, string] => [`Filtre : ${label}`, value]),
  ]),
];

/**
 * The tables that this account asks for, narrowed to what it may see; `onRows` is told how many rows of a long one each batch has. A CSV file has
 * the first alone. Throws as `checkExport`.
 */
export const exportSheets =
  (parts: SheetParts) =>
  async (by: Account, query: ExportQuery, onRows: (count: number) => void = () => {}): Promise<ExportSheets> => {
    checkExport(by, query);
    const { what, period } = query;
    const filters = filtersFor(by, query.filters);
    const about = await aboutOf(parts, filters);
    if (what === 'figures') {
      const figures = await readFigures(parts)(by, query);
      const sheets = query.format === 'csv' ? [figureTable(figures, about)] : figureSheets(figures, about);
      return { sheets, total: 0 };
    }
    const months = monthsOf(period);
    const asked = { from: months[0] ?? '', to: months.at(-1) ?? '', selected: selectedBy(filters, parts) };
    const written = { about, lines: { period: period.label, asOf: (await countedAt(parts)) ?? parts.clock(), onRows } };
    const { projectFacts, referralFacts } = parts;
    if (what === 'projects')
      return {
        sheets: factSheets(what, PROJECT_COLUMNS, projectFacts.stream(asked), written),
        total: await projectFacts.count(asked),
      };
    return {
      sheets: factSheets(what, REFERRAL_COLUMNS, referralFacts.stream(asked), written),
      total: await referralFacts.count(asked),
    };
  };
