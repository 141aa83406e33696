import type { ProjectFacts } from './facts.js';

/**
 * What is counted of a project as it stands at an instant: yes or no. Figures (kpis.ts) are made of these counts and of
 * nothing else, so that counts kept by month add up to the figures of any period.
 */
export const MEASURES = {
  submitted: () => true,
  inTerritory: ({ decision }) => decision !== 'out_of_territory',
  routed: ({ decision }) => decision === 'routed',
  triage: ({ decision }) => decision === 'triage',
  outOfTerritory: ({ decision }) => decision === 'out_of_territory',
  overridden: ({ isOverridden }) => isOverridden,
  sent: ({ sentAt }) => sentAt !== null,
  taken: ({ takenAt }) => takenAt !== null,
  /** The promise is over, and was neither ended by a refusal in time nor by the holder. */
  promiseOver: ({ dueBy, takenWithin2 }, asOf) => dueBy !== null && dueBy < asOf && takenWithin2 !== null,
  takenWithin2: ({ dueBy, takenWithin2 }, asOf) => dueBy !== null && dueBy < asOf && takenWithin2 === true,
  fiveDaysOver: ({ escalatesBy, takenWithin5 }, asOf) =>
    escalatesBy !== null && escalatesBy < asOf && takenWithin5 !== null,
  takenWithin5: ({ escalatesBy, takenWithin5 }, asOf) =>
    escalatesBy !== null && escalatesBy < asOf && takenWithin5 === true,
  declined: ({ declinedBy }) => declinedBy.length > 0,
  rerouted: ({ reroutedBy }) => reroutedBy.length > 0,
  associated: ({ associated }) => associated.length > 0,
  withdrawn: ({ state }) => state === 'withdrawn',
  closed: ({ outcome }) => outcome !== null,
  helped: ({ outcome }) => outcome === 'helped',
  noSolution: ({ outcome }) => outcome === 'no_solution',
  unreachable: ({ outcome }) => outcome === 'unreachable',
  loopExpected: ({ loopDueAt, state }, asOf) => loopDueAt !== null && loopDueAt < asOf && state !== 'withdrawn',
  loopClosed: ({ loopDueAt, state, outcome }, asOf) =>
    loopDueAt !== null && loopDueAt < asOf && state !== 'withdrawn' && outcome !== null,
  open: ({ isOpen }) => isOpen,
  inTriage: ({ state }) => state === 'triage',
  waiting: ({ state }) => state === 'waiting',
  inHand: ({ state }) => state === 'in_progress',
  opinionExpected: ({ opinion, opinionDueAt }, asOf) =>
    opinion !== null || (opinionDueAt !== null && opinionDueAt < asOf),
  opinionGiven: ({ opinion }) => opinion !== null,
  calledBack: ({ opinion }) => opinion?.calledBack === 'yes',
  useful: ({ opinion }) => opinion?.useful === 'yes',
  newsExpected: ({ became, newsDueAt }, asOf) => became !== null || (newsDueAt !== null && newsDueAt < asOf),
  newsGiven: ({ became }) => became !== null,
  goesOn: ({ became }) => became === 'under-way' || became === 'launched',
} as const satisfies Record<string, (row: ProjectFacts, asOf: Date) => boolean>;
export type MeasureId = keyof typeof MEASURES;
export const MEASURE_IDS = Object.keys(MEASURES) as MeasureId[];

/** The instants at which time alone changes what is counted of a row. */
export const turningPoints = ({ dueBy, escalatesBy, loopDueAt, opinionDueAt, newsDueAt }: ProjectFacts): Date[] =>
  [dueBy, escalatesBy, loopDueAt, opinionDueAt, newsDueAt].flatMap((at) => at ?? []);
