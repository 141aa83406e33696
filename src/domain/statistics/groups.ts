import { KPI_IDS, type KpiId } from './kpis.js';

/** The headings under which figures are read aloud. */
export const GROUPS = {
  arrival: 'Ce qui arrive, et vers qui',
  taking: 'La prise en charge',
  outcome: 'Ce que les projets deviennent',
  open: 'Ce qui attend encore',
  voice: 'Ce qu’en disent les personnes',
} as const;
export type GroupId = keyof typeof GROUPS;

const GROUP_OF: Record<KpiId, GroupId> = {
  submitted: 'arrival',
  routed: 'arrival',
  triage: 'arrival',
  outOfTerritory: 'arrival',
  overridden: 'arrival',
  taken: 'taking',
  takenWithin2: 'taking',
  takenWithin5: 'taking',
  medianDelay: 'taking',
  longDelay: 'taking',
  declined: 'taking',
  rerouted: 'taking',
  associated: 'taking',
  closed: 'outcome',
  helped: 'outcome',
  noSolution: 'outcome',
  unreachable: 'outcome',
  closedLoop: 'outcome',
  backlog: 'open',
  backlogAge: 'open',
  responses: 'voice',
  calledBack: 'voice',
  useful: 'voice',
  goesOn: 'voice',
};

/** Every figure under its heading, in the order of the list of figures. */
export const GROUPED = Object.entries(GROUPS).map(([id, title]) => ({
  id: id as GroupId,
  title,
  kpis: KPI_IDS.filter((kpi) => GROUP_OF[kpi] === id),
}));
