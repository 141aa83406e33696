import { NEED_IDS, NEEDS } from '../territory/needs.js';
import type { Territory } from '../territory/territory.js';
import { capital } from '../territory/typography.js';
import type { Breakdown, BreakdownRow } from './breakdowns.js';

/** A need to which the territory has not answered, or not always. */
export interface LackingNeed {
  label: string;
  /** Projects of the territory with this need. */
  projects: number;
  taken: number;
  /** Closed because nobody had an answer. */
  noSolution: number;
  /** Ended by the managers, without a partner. */
  withoutPartner: number;
  declined: number;
}

/** What the territory lacks, as far as projects tell. */
export interface Lacks {
  /** The most lacking first. */
  needs: LackingNeed[];
  /** Needs of which nobody took any project, whose promised date is past or that wait to be sent. */
  untaken: string[];
  /** Needs that no project had. */
  unasked: string[];
  /** EPCI of the perimeter from which no project came. */
  silentEpcis: string[];
  epcis: number;
}

interface Counts {
  breakdowns: Breakdown[];
  /** From need by partner to what became of it: "need|partner|outcome or state". */
  flows: Record<string, number>;
}

const rowsOf = ({ breakdowns }: Counts, id: Breakdown['id']): BreakdownRow[] =>
  breakdowns.find((cut) => cut.id === id)?.rows ?? [];

const columnOf = (row: BreakdownRow | undefined, column: keyof BreakdownRow['figures']): number =>
  row?.figures[column].value ?? 0;

/** Projects with this need that stand so; `partner`: those that have none. */
const standing = ({ flows }: Counts, need: string, state: string): number =>
  Object.entries(flows)
    .filter(([key]) => key.startsWith(`${need}|`) && key.endsWith(`|${state}`))
    .reduce((sum, [, projects]) => sum + projects, 0);

const lackOf = (counts: Counts, need: string, row: BreakdownRow | undefined): LackingNeed => ({
  label: capital(NEEDS[need as keyof typeof NEEDS].label),
  projects: columnOf(row, 'submitted') - standing(counts, need, 'out_of_territory'),
  taken: columnOf(row, 'taken'),
  noSolution: standing(counts, need, 'no_solution'),
  withoutPartner: counts.flows[`${need}||closed`] ?? 0,
  declined: columnOf(row, 'declined'),
});

const weightOf = ({ noSolution, withoutPartner, declined }: LackingNeed): number =>
  (noSolution + withoutPartner) * 1000 + declined;

/** Is it time that somebody had taken one? Not for what came yesterday. */
const isLate = (counts: Counts, need: string, row: BreakdownRow | undefined): boolean =>
  (row?.figures.takenWithin2.denominator ?? 0) > 0 || standing(counts, need, 'triage') > 0;

/** What the counts of a period say that the territory lacks. */
export const lacksIn = (counts: Counts, territory: Pick<Territory, 'epcis'>): Lacks => {
  const needs = NEED_IDS.map((need) => {
    const row = rowsOf(counts, 'need').find(({ id }) => id === need);
    const lack = lackOf(counts, need, row);
    return { lack, isUntaken: lack.projects > 0 && lack.taken === 0 && isLate(counts, need, row) };
  });
  const heard = new Set(
    rowsOf(counts, 'epci')
      .filter((row) => columnOf(row, 'submitted') > 0)
      .map(({ id }) => id),
  );
  return {
    needs: needs
      .map(({ lack }) => lack)
      .filter((lack) => weightOf(lack) > 0)
      .sort((a, b) => weightOf(b) - weightOf(a) || b.projects - a.projects),
    untaken: needs.filter(({ isUntaken }) => isUntaken).map(({ lack }) => lack.label),
    unasked: needs.filter(({ lack }) => lack.projects === 0).map(({ lack }) => lack.label),
    silentEpcis: territory.epcis.filter(({ siren }) => !heard.has(siren)).map(({ name }) => name),
    epcis: territory.epcis.length,
  };
};
