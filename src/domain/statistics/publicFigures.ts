import type { Territory } from '../territory/territory.js';
import type { MonthTally } from './breakdowns.js';
import { type KpiId, kpi } from './kpis.js';
import type { MeasureId } from './measures.js';
import { FEWEST, protect, type Shown } from './protect.js';
import { addTallies, emptyTally, figureOf, type Tally } from './tally.js';

/** Fewer projects than that say nothing of how the desk works. */
export const ENOUGH_PROJECTS = 20;

/** What everybody may read of the whole, in order. */
export const PUBLIC_KPIS = [
  'submitted',
  'takenWithin2',
  'medianDelay',
  'closedLoop',
  'helped',
  'useful',
  'responses',
] as const satisfies KpiId[];
export type PublicKpi = (typeof PUBLIC_KPIS)[number];

/** What is cut by territory and by quarter. */
export const PUBLIC_COLUMNS = ['submitted', 'takenWithin2', 'medianDelay', 'helped'] as const satisfies PublicKpi[];
export type PublicColumn = (typeof PUBLIC_COLUMNS)[number];

/** A figure as everybody may read it. Shares are from 0 to 1, delays in opening hours. */
export type Published =
  /** `base`: how many projects a share is counted on; null beside a count, and in tables. */
  | { is: 'exact'; value: number; base: number | null }
  /** Under that, or above that: the exact figure would tell of fewer than FEWEST projects. */
  | { is: 'under' | 'over'; value: number; base: number | null }
  /** Counted on fewer than FEWEST projects. */
  | { is: 'few' }
  /** Large enough, but it would give a small one of the table away. */
  | { is: 'withheld' };

export interface PublicRow {
  /** Territoire d'industrie, "metropole" or "elsewhere"; a quarter, "2026-T4". */
  id: string;
  /** The months of a quarter, first and last. */
  months: { first: string; last: string } | null;
  figures: Record<PublicColumn, Published>;
}

export interface PublicTables {
  figures: Record<PublicKpi, Published>;
  byTerritory: PublicRow[];
  byQuarter: PublicRow[];
}

interface Terms {
  /** Those that are in, and those that are not; of a plain count, those that are in only. */
  columns: number[];
  base: number;
}

const termsOf = (id: PublicKpi, tally: Tally): Terms => {
  const { unit, of, over } = kpi(id);
  const { denominator } = figureOf(id, tally);
  const numerator = tally.counts[of as MeasureId] ?? 0;
  if (unit === 'hours') return { columns: [denominator ?? 0], base: denominator ?? 0 };
  if (!over) return { columns: [numerator], base: numerator };
  return { columns: [numerator, (denominator ?? 0) - numerator], base: denominator ?? 0 };
};

const percent = (share: number, round: (value: number) => number): number => round(share * 100) / 100;

/** A figure, without what would tell of fewer than FEWEST projects. */
const published = (id: PublicKpi, tally: Tally, withBase: boolean): Published => {
  const { columns, base: counted } = termsOf(id, tally);
  const { value } = figureOf(id, tally);
  const base = withBase && kpi(id).unit === 'share' ? counted : null;
  if (kpi(id).unit === 'count' && counted < FEWEST) return { is: 'under', value: FEWEST, base: null };
  if (counted < FEWEST || value === null) return { is: 'few' };
  if (kpi(id).unit !== 'share') return { is: 'exact', value, base };
  const [inside = 0, outside = 0] = columns;
  if (inside < FEWEST && outside < FEWEST) return { is: 'few' };
  if (inside < FEWEST) return { is: 'under', value: percent(FEWEST / counted, Math.ceil), base };
  if (outside < FEWEST) return { is: 'over', value: percent((counted - FEWEST) / counted, Math.floor), base };
  return { is: 'exact', value: percent(value, Math.round), base };
};

type Line = Omit<PublicRow, 'figures'> & { tally: Tally };

const transposed = (rows: number[][]): number[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));

const cell = (id: PublicColumn, tally: Tally, state: Shown): Published =>
  state === 'withheld' ? { is: 'withheld' } : published(id, tally, false);

/** The lines of a table that share no project, and add up to the whole. A line whose projects are hidden shows nothing else. */
const table = (lines: Line[]): PublicRow[] => {
  const projects = protect([lines.map(({ tally }) => termsOf('submitted', tally).base)]);
  const out = projects.map((state) => state !== 'shown');
  const states = Object.fromEntries(
    PUBLIC_COLUMNS.map((id) => [
      id,
      id === 'submitted' ? projects : protect(transposed(lines.map(({ tally }) => termsOf(id, tally).columns)), out),
    ]),
  ) as Record<PublicColumn, Shown[]>;
  return lines.map(({ tally, ...line }, place) => ({
    ...line,
    figures: Object.fromEntries(
      PUBLIC_COLUMNS.map((id) => {
        const isOut = id !== 'submitted' && out[place];
        return [id, isOut ? { is: 'withheld' } : cell(id, tally, states[id][place] ?? 'withheld')];
      }),
    ) as PublicRow['figures'],
  }));
};

/** What is in none of the others: the rest of the perimeter, what is out of the territory or does not say where it is. */
export const ELSEWHERE = 'elsewhere';
export const METROPOLE = 'metropole';

const territoryLines = (months: MonthTally[], { epcis, words }: Pick<Territory, 'epcis' | 'words'>): Line[] => {
  const placeOf = (siren: string): string => {
    const epci = epcis.find((one) => one.siren === siren);
    if (epci?.isMetropole) return METROPOLE;
    return epci?.territoireIndustrie ?? ELSEWHERE;
  };
  const parts = months.flatMap(({ by }) => Object.entries(by.epci ?? {}));
  const metropole = epcis.some(({ isMetropole }) => isMetropole) ? [METROPOLE] : [];
  return [...metropole, ...Object.keys(words.alliances), ELSEWHERE].map((id) => ({
    id,
    months: null,
    tally: addTallies(parts.flatMap(([siren, tally]) => (placeOf(siren) === id ? [tally] : []))),
  }));
};

const quarterOf = (month: string): string => `${month.slice(0, 4)}-T${Math.ceil(Number(month.slice(5)) / 3)}`;

/** Quarters of the calendar, cut to the months given: together they are the whole. Before the first project, none is listed. */
const quarterLines = (all: MonthTally[]): Line[] => {
  const opened = all.findIndex(({ all: { counts } }) => (counts.submitted ?? 0) > 0);
  const months = opened === -1 ? [] : all.slice(opened);
  return [...new Set(months.map(({ month }) => quarterOf(month)))].map((id) => {
    const own = months.filter(({ month }) => quarterOf(month) === id);
    return {
      id,
      months: { first: own[0]?.month ?? '', last: own.at(-1)?.month ?? '' },
      tally: addTallies(own.map(({ all }) => all)),
    };
  });
};

/** What may be published of these months: nothing under FEWEST is there, nor can be computed from what is. */
export const publicTables = (months: MonthTally[], territory: Pick<Territory, 'epcis' | 'words'>): PublicTables => {
  const whole = months.length > 0 ? addTallies(months.map(({ all }) => all)) : emptyTally();
  return {
    figures: Object.fromEntries(PUBLIC_KPIS.map((id) => [id, published(id, whole, true)])) as PublicTables['figures'],
    byTerritory: table(territoryLines(months, territory)),
    byQuarter: table(quarterLines(months)),
  };
};
