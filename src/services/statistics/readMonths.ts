import type { ProjectEvent } from '../../domain/referrals/referral.js';
import type { MonthTally } from '../../domain/statistics/breakdowns.js';
import { cellsFor, cellsOf, type Selected, tallyFor } from '../../domain/statistics/cells.js';
import { type ProjectFacts, projectFacts } from '../../domain/statistics/facts.js';
import { lastDayOf } from '../../domain/statistics/localDays.js';
import { endOfMonth } from '../../domain/statistics/lookedAt.js';
import { endOf, startOf } from '../../domain/statistics/period.js';
import type { Parts } from '../parts.js';

export type MonthParts = Pick<Parts, 'clock' | 'events' | 'projects' | 'territory'>;

/** Which counts: of the projects of these months, as they stood at the end of `until` (or stand now), under a selection. */
export interface Asked {
  months: string[];
  until: string;
  selected: Selected[];
}

/** The counts of each month asked for. */
export const readMonths =
  (parts: MonthParts) =>
  async ({ months, until, selected }: Asked): Promise<MonthTally[]> => {
    const now = parts.clock();
    const end = endOfMonth(until);
    const at = end < now ? end : now;
    const { dimension, values } = cellsFor(selected);
    const read = months.map(async (month): Promise<MonthTally> => {
      const cells = cellsOf(await factsOf(parts, { first: `${month}-01`, last: lastDayOf(month) }, at), at);
      const own = cells.filter((cell) => cell.dimension === dimension && values.includes(cell.value));
      return { month, ...tallyFor(own, selected) };
    });
    return Promise.all(read);
  };

/** The facts of the projects submitted in a period, from the events before `at`. */
export const factsOf = async (
  { events, projects, territory }: Omit<MonthParts, 'clock'>,
  period: { first: string; last: string },
  at: Date,
): Promise<ProjectFacts[]> => {
  const submitted = await projects.submittedBetween(startOf(period), endOf(period));
  const known = submitted.filter(({ submittedAt }) => submittedAt <= at);
  const story = await events.ofProjects(known.map(({ id }) => id));
  const byProject = new Map<string, ProjectEvent[]>(known.map(({ id }) => [id, []]));
  for (const event of story) if (event.at < at) byProject.get(event.project)?.push(event);
  return known
    .map((project) => projectFacts(project, byProject.get(project.id) ?? [], territory))
    .filter(({ isSpam }) => !isSpam);
};
