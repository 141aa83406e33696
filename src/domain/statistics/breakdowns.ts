import { localMonth } from '../calendar/businessTime.js';
import { monthInWords } from '../calendar/words.js';
import { type Channel, COUNTER_CHANNELS } from '../questionnaire/channel.js';
import { NEED_IDS, NEEDS } from '../territory/needs.js';
import type { TerritoireIndustrie, Territory } from '../territory/territory.js';
import { capital } from '../territory/typography.js';
import type { ProjectFacts } from './facts.js';
import { type Figure, type KpiId, kpi } from './kpis.js';
import { monthsBetween } from './localDays.js';
import type { Period } from './period.js';

/**
 * The same figures, cut by partner, need, place, entry link and month. Each column is a row of KPIS, counted on the projects of the
 * line: a total and its parts are always one definition.
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
] as const;
export type Column = (typeof COLUMNS)[number];

export const BREAKDOWNS = {
  partner: { label: 'Par partenaire', of: 'Partenaire', none: 'Sans partenaire' },
  need: { label: 'Par besoin principal', of: 'Besoin', none: 'Besoin non précisé' },
  territoireIndustrie: {
    label: 'Par Territoire d’industrie',
    of: 'Territoire d’industrie',
    none: 'Hors Territoire d’industrie',
  },
  epci: { label: 'Par intercommunalité', of: 'Intercommunalité', none: 'Hors du territoire ou non précisé' },
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

/** The names of the three, as partners and people say them. */
export const TERRITOIRES_INDUSTRIE: Record<TerritoireIndustrie, string> = {
  'riom-vichy': 'Riom-Vichy',
  tiltam: 'TILTAM (Lezoux, Thiers, Ambert, Montbrison)',
  'issoire-brioude': 'Issoire-Brioude',
};

type Group = { id: string | null; label: string };

/** Every cut of these facts. Months are all there, even empty; of the others, only lines that have projects. */
export const breakDown = (
  facts: ProjectFacts[],
  period: Period,
  asOf: Date,
  { territory, channels }: { territory: Territory; channels: Pick<Channel, 'code' | 'label'>[] },
): Breakdown[] => {
  const rowsBy = (groups: Group[], keyOf: (row: ProjectFacts) => string | null): BreakdownRow[] =>
    groups.map(({ id, label }) => {
      const own = facts.filter((row) => keyOf(row) === id);
      return { id, label, figures: figuresOf(own, asOf) };
    });
  const cut = (id: BreakdownId, groups: Group[], keyOf: (row: ProjectFacts) => string | null): Breakdown => ({
    id,
    rows: rowsBy([...groups, { id: null, label: BREAKDOWNS[id].none }], keyOf)
      .filter(hasProjects)
      .sort(byNumber),
  });
  const { partners, epcis } = territory;
  return [
    {
      id: 'partner',
      rows: withOwnDeclines(
        rowsBy(partnerGroups(partners), (row) => row.currentPartner),
        facts,
      ),
    },
    cut(
      'need',
      NEED_IDS.map((id) => ({ id, label: capital(NEEDS[id].label) })),
      (row) => row.mainNeed,
    ),
    cut('territoireIndustrie', Object.entries(TERRITOIRES_INDUSTRIE).map(group), (row) => row.territoireIndustrie),
    cut(
      'epci',
      epcis.map(({ siren, name }) => ({ id: siren, label: name })),
      (row) => row.epci,
    ),
    cut(
      'channel',
      [...COUNTER, ...channels.map(({ code, label }) => ({ id: code, label })), OTHER_LINKS],
      channelOf(channels),
    ),
    { id: 'month', rows: rowsBy(monthGroups(period, asOf), (row) => row.month) },
  ];
};

/** For codes that are not on the list, or no longer. No code looks like its id. */
const OTHER_LINKS: Group = { id: 'other links', label: 'Autres liens' };

/** Entered by staff for somebody. */
const COUNTER: Group[] = Object.entries(COUNTER_CHANNELS).map(([id, label]) => ({ id, label }));

const channelOf = (channels: Pick<Channel, 'code'>[]): ((row: ProjectFacts) => string | null) => {
  const known = new Set([...COUNTER.map(({ id }) => id), ...channels.map(({ code }) => code)]);
  return ({ channel }) => (channel === null || known.has(channel) ? channel : OTHER_LINKS.id);
};

const group = ([id, label]: [string, string]): Group => ({ id, label });

const partnerGroups = (partners: Territory['partners']): Group[] => [
  ...partners.map(({ id, name }) => ({ id, label: name })),
  { id: null, label: BREAKDOWNS.partner.none },
];

/** The months of the period that have begun when it is looked at. */
const monthGroups = ({ first, last }: Period, asOf: Date): Group[] => {
  const begun = monthsBetween(first.slice(0, 7), last.slice(0, 7)).filter((month) => month <= localMonth(asOf));
  return begun.map((month) => ({ id: month, label: capital(monthInWords(month)) }));
};

const figuresOf = (facts: ProjectFacts[], asOf: Date): Record<Column, Figure> =>
  Object.fromEntries(COLUMNS.map((id: KpiId) => [id, kpi(id).compute(facts, asOf)])) as Record<Column, Figure>;

/** A refusal belongs to the partner who refused, wherever the project is now. */
const withOwnDeclines = (rows: BreakdownRow[], facts: ProjectFacts[]): BreakdownRow[] =>
  rows
    .map((row) => {
      const had = facts.filter(({ partners }) => row.id !== null && partners.includes(row.id));
      const value = had.filter(({ declinedBy }) => row.id !== null && declinedBy.includes(row.id)).length;
      return { ...row, figures: { ...row.figures, declined: { value, numerator: value, denominator: had.length } } };
    })
    .filter((row) => hasProjects(row) || (row.figures.declined.value ?? 0) > 0)
    .sort(byNumber);

const projectsOf = ({ figures }: BreakdownRow): number => figures.submitted.value ?? 0;

const hasProjects = (row: BreakdownRow): boolean => projectsOf(row) > 0;

/** Most projects first; what has no value last. */
const byNumber = (a: BreakdownRow, b: BreakdownRow): number =>
  Number(a.id === null) - Number(b.id === null) ||
  projectsOf(b) - projectsOf(a) ||
  a.label.localeCompare(b.label, 'fr');
