import { monthInWords } from '../calendar/words.js';
import { type Channel, COUNTER_CHANNELS } from '../questionnaire/channel.js';
import { AXES, NEED_IDS, NEEDS } from '../territory/needs.js';
import { STAGES } from '../territory/stages.js';
import type { Territory } from '../territory/territory.js';
import { capital } from '../territory/typography.js';
import type { Dimension } from './cells.js';
import type { KpiId } from './kpis.js';
import { addTallies, type Figure, figureOf, type Tally } from './tally.js';

/**
 * The same figures, cut by partner, need, place, entry link and month. Each column is a row of KPIS, counted on the projects of
 * the line: a total and its parts are always one definition.
 */
export const COLUMNS = [
  'submitted',
  'taken',
  'takenWithin2',
  'medianDelay',
  'closed',
  'helped',
  'declined',
  'backlog',
] as const satisfies KpiId[];
export type Column = (typeof COLUMNS)[number];

export const BREAKDOWNS = {
  partner: { label: 'Par partenaire', of: 'Partenaire', none: 'Sans partenaire' },
  need: { label: 'Par besoin principal', of: 'Besoin', none: 'Besoin non précisé' },
  axis: { label: 'Par axe de la convention et engagement de la charte', of: 'Axe', none: 'Hors des axes' },
  territoireIndustrie: {
    label: 'Par Territoire d’industrie',
    of: 'Territoire d’industrie',
    none: 'Hors Territoire d’industrie',
  },
  epci: { label: 'Par intercommunalité', of: 'Intercommunalité', none: 'Hors du territoire ou non précisé' },
  stage: { label: 'Par avancement', of: 'Avancement', none: 'Avancement non précisé' },
  channel: { label: 'Par lien d’entrée', of: 'Lien d’entrée', none: 'Sans lien d’entrée' },
  month: { label: 'Par mois', of: 'Mois', none: 'Sans date' },
} as const satisfies Record<string, { label: string; of: string; none: string }>;
export type BreakdownId = keyof typeof BREAKDOWNS;

export interface BreakdownRow {
  /** Null for what has no value on this line ("Besoin non précisé"). */
  id: string | null;
  label: string;
  figures: Record<Column, Figure>;
}

export interface Breakdown {
  id: BreakdownId;
  rows: BreakdownRow[];
}

/** The counts of one month of a period, cut by dimension where they are kept so. */
export interface MonthTally {
  month: string;
  all: Tally;
  by: Partial<Record<Dimension, Record<string, Tally>>>;
}

export const figuresOf = (tally: Tally): Record<Column, Figure> =>
  Object.fromEntries(COLUMNS.map((id) => [id, figureOf(id, tally)])) as Record<Column, Figure>;

/** The lines of one dimension over all months, by value. */
const linesOf = (months: MonthTally[], dimension: Dimension): Map<string, Tally> => {
  const lines = new Map<string, Tally[]>();
  for (const { by } of months)
    for (const [value, tally] of Object.entries(by[dimension] ?? {}))
      lines.set(value, [...(lines.get(value) ?? []), tally]);
  return new Map([...lines].map(([value, tallies]) => [value, addTallies(tallies)]));
};

type Group = { id: string | null; label: string; values: string[] };

const single = ([id, label]: [string, string]): Group => ({ id, label, values: [id] });

/** Codes that are not on the list, or no longer, are one line. */
const channelGroups = (known: Pick<Channel, 'code' | 'label'>[], values: string[]): Group[] => {
  const listed = [
    ...Object.entries(COUNTER_CHANNELS),
    ...known.map(({ code, label }) => [code, label] as [string, string]),
  ];
  const others = values.filter((value) => value !== '' && !listed.some(([code]) => code === value));
  return [...listed.map(single), { id: 'other links', label: 'Autres liens', values: others }];
};

const projectsOf = ({ figures }: BreakdownRow): number => figures.submitted.value ?? 0;

const hasSomething = (row: BreakdownRow): boolean => projectsOf(row) > 0 || (row.figures.declined.value ?? 0) > 0;

/** Most projects first; what has no value last. */
const byNumber = (a: BreakdownRow, b: BreakdownRow): number =>
  Number(a.id === null) - Number(b.id === null) ||
  projectsOf(b) - projectsOf(a) ||
  a.label.localeCompare(b.label, 'fr');

type Directory = { territory: Territory; channels: Pick<Channel, 'code' | 'label'>[] };

/** Every cut of these months. Months are all there, even empty; of the others, only lines that have projects. */
export const breakDown = (months: MonthTally[], { territory, channels }: Directory): Breakdown[] => {
  const cut = (
    id: Exclude<BreakdownId, 'month'>,
    dimension: Dimension,
    groupsOf: (values: string[]) => Group[],
  ): Breakdown => {
    const lines = linesOf(months, dimension);
    const groups = groupsOf([...lines.keys()]);
    const grouped = new Set(groups.flatMap(({ values }) => values));
    const rest = [...lines.keys()].filter((value) => !grouped.has(value));
    const rows = [...groups, { id: null, label: BREAKDOWNS[id].none, values: rest }].map(
      ({ id: line, label, values }) => ({
        id: line,
        label,
        figures: figuresOf(addTallies(values.flatMap((value) => lines.get(value) ?? []))),
      }),
    );
    return { id, rows: rows.filter(hasSomething).sort(byNumber) };
  };
  const epcisOf = (territoire: string): string[] =>
    territory.epcis.filter(({ territoireIndustrie }) => territoireIndustrie === territoire).map(({ siren }) => siren);
  const needsOf = (axis: string): string[] => NEED_IDS.filter((need) => NEEDS[need].axis === axis);
  return [
    cut('partner', 'partner', () => territory.partners.map(({ id, name }) => single([id, name]))),
    cut('need', 'need', () => NEED_IDS.map((id) => single([id, capital(NEEDS[id].label)]))),
    cut('axis', 'need', () => Object.entries(AXES).map(([id, label]) => ({ id, label, values: needsOf(id) }))),
    cut('territoireIndustrie', 'epci', () =>
      Object.entries(territory.words.alliances).map(([id, label]) => ({ id, label, values: epcisOf(id) })),
    ),
    cut('epci', 'epci', () => territory.epcis.map(({ siren, name }) => single([siren, name]))),
    cut('stage', 'stage', () => Object.entries(STAGES).map(([id, { label }]) => single([id, capital(label)]))),
    cut('channel', 'channel', (values) => channelGroups(channels, values)),
    {
      id: 'month' as const,
      rows: months.map(({ month, all }) => ({
        id: month,
        label: capital(monthInWords(month)),
        figures: figuresOf(all),
      })),
    },
  ];
};
