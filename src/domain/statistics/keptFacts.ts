import type { CountedProject, ProjectEvent } from '../referrals/referral.js';
import type { Territory } from '../territory/territory.js';
import { type ProjectFacts, projectFacts } from './facts.js';
import { MEASURE_IDS, MEASURES, type MeasureId, turningPoints } from './measures.js';

/** The facts of a project as they are kept, with what is counted of it now. */
export interface KeptFacts extends ProjectFacts {
  /** What was counted of it at `countedAt`; nothing of an advertisement. */
  counts: MeasureId[];
  /** The next instant at which time alone changes what is counted of it. */
  turnsAt: Date | null;
  /** How many events made this row, and from when on all of them count. */
  events: number;
  lastAt: Date;
  countedAt: Date;
}

/**
 * For how long, in milliseconds, the figures of a month that is over wait for what happened before its end and was written
 * down after it, because the desk was being repaired. What comes later counts from when it came: settled figures stay.
 */
export const LATE = 6 * 3_600_000;

/** From when on an event counts. */
export const countsFrom = ({ at, recordedAt = at }: ProjectEvent): number =>
  Math.max(at.getTime(), recordedAt.getTime() - LATE);

/** The events that count before an instant: those that figures which were settled then have seen. */
export const countedBefore = (events: ProjectEvent[], instant: Date): ProjectEvent[] =>
  events.filter((event) => countsFrom(event) < instant.getTime());

/** The row of a project to be kept, from all that is known of it now. */
export const keptFacts = (
  project: CountedProject,
  events: ProjectEvent[],
  { territory, now }: { territory: Territory; now: Date },
): KeptFacts => {
  const row = projectFacts(project, events, territory);
  const lastAt = new Date(Math.max(project.submittedAt.getTime(), ...events.map(countsFrom)));
  const turns = row.isSpam ? [] : [...turningPoints(row), lastAt].filter((at) => at >= now);
  return {
    ...row,
    counts: row.isSpam ? [] : MEASURE_IDS.filter((id) => MEASURES[id](row, now)),
    turnsAt: turns.length > 0 ? new Date(Math.min(...turns.map(Number))) : null,
    events: events.length,
    lastAt,
    countedAt: now,
  };
};
