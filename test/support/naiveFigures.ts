import type { ProjectEvent } from '../../src/domain/referrals/referral.js';
import type { Selected } from '../../src/domain/statistics/cells.js';
import { type ProjectFacts, projectFacts } from '../../src/domain/statistics/facts.js';
import { countedBefore } from '../../src/domain/statistics/keptFacts.js';
import { lastDayOf } from '../../src/domain/statistics/localDays.js';
import { earlierOf, endOfMonth } from '../../src/domain/statistics/lookedAt.js';
import { endOf, startOf } from '../../src/domain/statistics/period.js';
import { type Tally, tallyOf } from '../../src/domain/statistics/tally.js';
import type { Parts } from '../../src/services/parts.js';

type NaiveParts = Pick<Parts, 'clock' | 'events' | 'projects' | 'territory'>;

/** The rows of a period as they stood: every project read again, with all its events. */
export const naiveRows = async (
  { events, projects, territory }: NaiveParts,
  { months, until }: { months: string[]; until: string },
): Promise<ProjectFacts[]> => {
  const period = { first: `${months[0]}-01`, last: lastDayOf(months.at(-1) ?? '') };
  const submitted = [];
  for await (const some of projects.countedBetween(startOf(period), endOf(period), 1000)) submitted.push(...some);
  const byProject = new Map<string, ProjectEvent[]>(submitted.map(({ id }) => [id, []]));
  const story = await events.ofProjects([...byProject.keys()]);
  for (const event of countedBefore(story, endOfMonth(until))) byProject.get(event.project)?.push(event);
  return submitted
    .filter(({ id }) => byProject.get(id)?.length)
    .map((project) => projectFacts(project, byProject.get(project.id) ?? [], territory))
    .filter(({ isSpam }) => !isSpam);
};

const countWhere = (rows: ProjectFacts[], fits: (row: ProjectFacts) => boolean): number => rows.filter(fits).length;

/** Refusals and reroutes are counted for the partner that made them; all the rest for the one that has the project. */
const tallyOfPartner = (rows: ProjectFacts[], partner: string, asOf: Date): Tally => {
  const has = rows.filter(({ currentPartner }) => (currentPartner ?? '') === partner);
  const tally = tallyOf(
    has.map((row) => ({
      ...row,
      declinedBy: row.declinedBy.filter((by) => by === partner),
      reroutedBy: row.reroutedBy.filter((by) => by === partner),
    })),
    asOf,
  );
  const declined = countWhere(rows, ({ declinedBy }) => declinedBy.includes(partner));
  const rerouted = countWhere(rows, ({ reroutedBy }) => reroutedBy.includes(partner));
  const { declined: _d, rerouted: _r, ...counts } = tally.counts;
  const reasons: Record<string, number> = {};
  for (const { declinedBy, declineReasons } of rows)
    for (const [place, reason] of declineReasons.entries())
      if (declinedBy[place] === partner) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    ...tally,
    counts: { ...counts, ...(declined && { declined }), ...(rerouted && { rerouted }) },
    reasons,
  };
};

/** What the kept counts must give: the rows of the selection, counted one by one. */
export const naiveTally = (rows: ProjectFacts[], selected: Selected[], until: string, now: Date): Tally => {
  const asOf = earlierOf(endOfMonth(until), now);
  const fieldOf = { epci: 'epci', need: 'mainNeed', stage: 'stage', channel: 'channel' } as const;
  let left = rows;
  for (const { dimension, values } of selected)
    if (dimension !== 'partner') left = left.filter((row) => values.includes(row[fieldOf[dimension]] ?? ''));
  const partner = selected.find(({ dimension }) => dimension === 'partner');
  return partner ? tallyOfPartner(left, partner.values[0] ?? '', asOf) : tallyOf(left, asOf);
};
