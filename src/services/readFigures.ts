import { type Account, may } from '../domain/referrals/access.js';
import type { ProjectEvent } from '../domain/referrals/referral.js';
import { type Breakdown, breakDown } from '../domain/statistics/breakdowns.js';
import { type ProjectFacts, projectFacts } from '../domain/statistics/facts.js';
import { type Figure, KPI_IDS, type KpiId, kpi } from '../domain/statistics/kpis.js';
import { asOf, endOf, type Period, periodBefore, startOf } from '../domain/statistics/period.js';
import { Forbidden } from '../errors.js';
import type { Parts } from './parts.js';

type Needs = Pick<Parts, 'channels' | 'clock' | 'events' | 'projects' | 'territory'>;

export interface Figures {
  period: Period;
  before: Period;
  /** The instant at which the period is looked at: "données au …". */
  asOf: Date;
  figures: { id: KpiId; figure: Figure; before: Figure }[];
  breakdowns: Breakdown[];
}

/** The figures of a period, with those of the period before, and the same cut by partner, need, place and month. */
export const readFigures =
  (parts: Needs) =>
  async (reader: Account, period: Period): Promise<Figures> => {
    if (!may(reader, 'seeFigures')) throw new Forbidden();
    const now = parts.clock();
    const before = periodBefore(period, now);
    const at = asOf(period, now);
    const facts = await factsOf(parts, period, at);
    const factsBefore = await factsOf(parts, before.period, before.asOf);
    return {
      period,
      before: before.period,
      asOf: at,
      figures: KPI_IDS.map((id) => ({
        id,
        figure: kpi(id).compute(facts, at),
        before: kpi(id).compute(factsBefore, before.asOf),
      })),
      breakdowns: breakDown(facts, period, at, { territory: parts.territory, channels: await parts.channels.all() }),
    };
  };

/** The facts of the projects submitted in a period, from the events before `at`. */
export const factsOf = async (
  { events, projects, territory }: Omit<Needs, 'channels' | 'clock'>,
  period: Period,
  at: Date,
): Promise<ProjectFacts[]> => {
  const submitted = await projects.submittedBetween(startOf(period), endOf(period));
  const known = submitted.filter(({ submittedAt }) => submittedAt <= at);
  const story = await events.ofProjects(known.map(({ id }) => id));
  const byProject = new Map<string, ProjectEvent[]>(known.map(({ id }) => [id, []]));
  for (const event of story) if (event.at <= at) byProject.get(event.project)?.push(event);
  return known
    .map((project) => projectFacts(project, byProject.get(project.id) ?? [], territory))
    .filter(({ isSpam }) => !isSpam);
};
