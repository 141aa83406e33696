import { openingHour } from '../../domain/calendar/openingHour.js';
import type { ProjectEvent } from '../../domain/referrals/referral.js';
import { type Cell, cellCounter, cellLaterBy } from '../../domain/statistics/cells.js';
import type { ProjectFacts } from '../../domain/statistics/facts.js';
import { projectFacts } from '../../domain/statistics/facts.js';
import { countedBefore, countsFrom, type KeptFacts } from '../../domain/statistics/keptFacts.js';
import { earlierOf, endOfMonth } from '../../domain/statistics/lookedAt.js';
import { turningPoints } from '../../domain/statistics/measures.js';
import type { Parts } from '../parts.js';
import { storiesOf } from './deriveFacts.js';

export type CountParts = Pick<Parts, 'events' | 'projectFacts' | 'projects' | 'territory'>;

/** A row as it stood, and what happened to its project since. */
interface Stood {
  row: ProjectFacts | null;
  later: ProjectEvent[];
}

/** Rows as they stood before an instant; null of a project of which nothing counted then. */
const asTheyStood = async (parts: CountParts, rows: KeptFacts[], before: Date): Promise<Stood[]> => {
  const moved = rows.filter(({ lastAt }) => lastAt >= before).map(({ id }) => id);
  const stories = moved.length > 0 ? await storiesOf(parts, moved) : new Map<string, ProjectEvent[]>();
  const projects = new Map(
    (moved.length > 0 ? await parts.projects.countedByIds(moved) : []).map((project) => [project.id, project]),
  );
  return rows.map((row) => {
    const story = stories.get(row.id);
    const project = projects.get(row.id);
    if (!story || !project) return { row, later: [] };
    const known = countedBefore(story, before);
    const stood = known.length > 0 ? projectFacts(project, known, parts.territory) : null;
    return { row: stood, later: story.filter((event) => !known.includes(event)) };
  });
};

export interface CountedMonth {
  /** As the store keeps them: what is open, as if it had waited since the first opening hour. */
  cells: Cell[];
  /** The first instant after which the counts are no longer these; null: never, as far as is known. */
  changesAt: Date | null;
}

/** The counts of the projects of a month as they stood at the end of `until`, or stand now, batch by batch. */
export const countMonth =
  (parts: CountParts) =>
  async (month: string, until: string, now: Date): Promise<CountedMonth> => {
    const end = endOfMonth(until);
    const at = earlierOf(end, now);
    const counter = cellCounter(at);
    let changesAt = Number.POSITIVE_INFINITY;
    for await (const batch of parts.projectFacts.ofMonth(month)) {
      for (const { row, later } of await asTheyStood(parts, batch, end)) {
        const turns = row && !row.isSpam ? turningPoints(row).filter((turn) => turn >= at) : [];
        changesAt = Math.min(changesAt, ...turns.map(Number), ...later.map(countsFrom));
        if (row && !row.isSpam) counter.add(row);
      }
    }
    const hours = openingHour(at);
    return {
      cells: counter.cells().map((cell) => cellLaterBy(cell, -hours)),
      changesAt: Number.isFinite(changesAt) ? new Date(changesAt) : null,
    };
  };
