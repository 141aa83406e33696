import { DECLINE_REASONS, type DeclineReason } from '../referrals/lifecycle.js';
import type { Territory } from '../territory/territory.js';
import { BREAKDOWNS, type Breakdown, type BreakdownId, type BreakdownRow, COLUMNS } from './breakdowns.js';
import { type Change, type ComparedFigure, changesIn, changesOfLines, THRESHOLDS } from './changes.js';
import { GROUPED } from './groups.js';
import { type KpiId, kpi, type Unit } from './kpis.js';
import { type Lacks, lacksIn } from './lacks.js';
import type { Period } from './period.js';
import type { Figure, RuleTally } from './tally.js';
import type { Slot } from './timeline.js';

/**
 * The committee's quarterly report, as it is stored: plain data that holds its own words and definitions. A report is printed
 * from its content and from nothing else, so it stays what it was on the day that it was issued, whatever the list of figures,
 * the names of partners or the rules become.
 */
export interface ReportContent {
  /** Of this shape; a later shape has another number. */
  format: 1;
  period: Period;
  /** "Données au", as an ISO date. */
  asOf: string;
  /** Its figures would be the same if they were counted again today. */
  isSettled: boolean;
  /** Projects may still come in: only a draft is under way. */
  isUnderWay: boolean;
  /** First and last day of what it is compared with; null when no project came then. */
  before: Span | null;
  yearBefore: Span | null;
  groups: ReportGroup[];
  changes: Change[];
  /** From when on something counts as a change. */
  thresholds: string[];
  lacks: Lacks;
  tables: ReportTable[];
  reasons: { label: string; projects: number }[];
  rules: ReportRule[];
  /** The twelve months that end with the quarter. */
  trend: Slot[];
  /** What the other drawings are made of, and the names of what it counts, as they were. */
  flows: Record<string, number>;
  places: Record<string, number>;
  names: Names;
  partners: PartnerPart[];
}

interface Names {
  partners: { id: string; name: string }[];
  epcis: { siren: string; name: string }[];
}

interface Span {
  first: string;
  last: string;
}

/** A figure with its words and its definition, as they were that day. */
export interface ReportFigure extends ComparedFigure {
  label: string;
  sentence: string;
  unit: Unit;
  good: 'up' | 'down' | null;
}

export interface ReportGroup {
  title: string;
  figures: ReportFigure[];
}

export interface ReportTable {
  id: BreakdownId;
  title: string;
  /** Head of the first column. */
  of: string;
  columns: { id: string; label: string; unit: Unit }[];
  rows: { id: string | null; label: string; figures: Figure[] }[];
}

/** What became of what a rule sent. */
export interface ReportRule extends RuleTally {
  label: string;
}

/** The page of one partner. */
export interface PartnerPart {
  id: string;
  name: string;
  groups: ReportGroup[];
  changes: Change[];
  needs: ReportTable | null;
  reasons: ReportContent['reasons'];
}

/** What is counted of a period, of the whole territory or of one partner. */
export interface Counted {
  period: Period;
  asOf: Date;
  isSettled: boolean;
  isUnderWay: boolean;
  before: Span;
  yearBefore: Span;
  figures: ComparedFigure[];
  breakdowns: Breakdown[];
  reasons: Partial<Record<DeclineReason, number>>;
  rules: Record<string, RuleTally>;
  flows: Record<string, number>;
  places: Record<string, number>;
}

export interface ReportSources {
  whole: Counted;
  /** The twelve months that end with the quarter. */
  trend: Slot[];
  /** The quarter before: its lines by need and by place. */
  previous: Pick<Counted, 'breakdowns'>;
  partners: { id: string; name: string; counted: Counted }[];
  /** Names of rules, by id. */
  ruleNames: Record<string, string>;
  territory: Pick<Territory, 'epcis' | 'partners'>;
}

/** In the order of the report; the others say little over three months. */
const TABLES: BreakdownId[] = ['axis', 'territoireIndustrie', 'partner', 'need', 'epci', 'stage', 'channel', 'month'];

/** What the rules decide is the territory's, not a partner's. */
const NOT_OF_A_PARTNER: KpiId[] = ['routed', 'triage', 'outOfTerritory', 'overridden'];

/** Rules whose choices were most often put right; the others worked. */
const MOST_RULES = 12;

const groupsOf = (figures: ComparedFigure[], without: KpiId[] = []): ReportGroup[] =>
  GROUPED.map(({ title, kpis }) => ({
    title,
    figures: figures
      .filter(({ id }) => kpis.includes(id) && !without.includes(id))
      .map(({ id, figure, before, yearBefore }) => {
        const { label, sentence, unit, good } = kpi(id);
        return { id, figure, before, yearBefore, label, sentence, unit, good };
      }),
  })).filter(({ figures: own }) => own.length > 0);

const tableOf = ({ id, rows }: Breakdown): ReportTable => ({
  id,
  title: BREAKDOWNS[id].label,
  of: BREAKDOWNS[id].of,
  columns: COLUMNS.map((column) => ({ id: column, label: kpi(column).label, unit: kpi(column).unit })),
  rows: rows.map(({ id: line, label, figures }) => ({
    id: line,
    label,
    figures: COLUMNS.map((column) => figures[column]),
  })),
});

const tablesOf = (breakdowns: Breakdown[], ids: BreakdownId[]): ReportTable[] =>
  ids.flatMap((id) => breakdowns.filter((cut) => cut.id === id && cut.rows.length > 0).map(tableOf));

const reasonsOf = (reasons: Counted['reasons']): ReportContent['reasons'] =>
  (Object.entries(reasons) as [DeclineReason, number][])
    .map(([reason, projects]) => ({ label: DECLINE_REASONS[reason], projects }))
    .sort((a, b) => b.projects - a.projects);

const contradicted = ({ overridden, rerouted, declined }: RuleTally): number => overridden + rerouted + declined;

const rulesOf = (rules: Counted['rules'], names: Record<string, string>): ReportRule[] =>
  Object.entries(rules)
    .map(([id, tally]) => ({ label: names[id] ?? 'Règle retirée depuis', ...tally }))
    .filter((rule) => contradicted(rule) > 0)
    .sort((a, b) => contradicted(b) - contradicted(a) || b.sent - a.sent)
    .slice(0, MOST_RULES);

const projectsOf = (rows: BreakdownRow[], id: string | null): number =>
  rows.find((row) => row.id === id)?.figures.submitted.value ?? 0;

/** Needs and places that more people, or fewer, come with and from. */
const demandChanges = ({ whole, previous }: ReportSources): Change[] => {
  const lines = (cut: BreakdownId) => {
    const [now = [], before = []] = [whole, previous].map(
      ({ breakdowns }) => breakdowns.find(({ id }) => id === cut)?.rows,
    );
    const labels = new Map([...before, ...now].flatMap(({ id, label }) => (id === null ? [] : [[id, label] as const])));
    return [...labels].map(([id, label]) => ({ label, now: projectsOf(now, id), before: projectsOf(before, id) }));
  };
  return [
    ...changesOfLines(
      lines('need'),
      (label, isMore) => `Le besoin «\u00a0${label}\u00a0» est ${isMore ? 'plus' : 'moins'} demandé`,
    ),
    ...changesOfLines(lines('epci'), (label, isMore) => `${isMore ? 'Plus' : 'Moins'} de projets viennent de ${label}`),
  ];
};

/** Without a project then, everything would be "more than before". */
const spanOf = ({ figures, ...counted }: Counted, which: 'before' | 'yearBefore'): Span | null => {
  const then = figures.find(({ id }) => id === 'submitted')?.[which].value ?? 0;
  const { first, last } = counted[which];
  return then > 0 ? { first, last } : null;
};

const partnerPart = ({ id, name, counted }: ReportSources['partners'][number]): PartnerPart => ({
  id,
  name,
  groups: groupsOf(counted.figures, NOT_OF_A_PARTNER),
  changes: changesIn(
    counted.figures.filter((figure) => !NOT_OF_A_PARTNER.includes(figure.id)),
    counted.isUnderWay,
  ),
  needs: tablesOf(counted.breakdowns, ['need'])[0] ?? null,
  reasons: reasonsOf(counted.reasons),
});

/** The report of a quarter, from what is counted of it. */
export const makeReport = (sources: ReportSources): ReportContent => {
  const { whole, trend, partners, ruleNames, territory } = sources;
  const { period, asOf, isSettled, isUnderWay, breakdowns, flows, places } = whole;
  const before = spanOf(whole, 'before');
  return {
    format: 1,
    period,
    asOf: asOf.toISOString(),
    isSettled,
    isUnderWay,
    before,
    yearBefore: spanOf(whole, 'yearBefore'),
    groups: groupsOf(whole.figures),
    changes: [...changesIn(whole.figures, isUnderWay), ...(before && !isUnderWay ? demandChanges(sources) : [])],
    thresholds: Object.values(THRESHOLDS).map(({ inWords }) => inWords),
    lacks: lacksIn(whole, territory),
    tables: tablesOf(breakdowns, TABLES),
    reasons: reasonsOf(whole.reasons),
    rules: rulesOf(whole.rules, ruleNames),
    trend,
    flows,
    places,
    names: {
      partners: territory.partners.map(({ id, name }) => ({ id, name })),
      epcis: territory.epcis.map(({ siren, name }) => ({ siren, name })),
    },
    partners: partners.map(partnerPart),
  };
};

/** A figure of a report, or of one partner's part. */
export const figureIn = ({ groups }: Pick<ReportContent, 'groups'>, id: KpiId): ReportFigure | undefined =>
  groups.flatMap(({ figures }) => figures).find((figure) => figure.id === id);
