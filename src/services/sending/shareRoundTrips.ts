import type { ProjectEvent, Referral } from '../../domain/referrals/referral.js';
import { onceTogether, together } from '../../together.js';
import type { Parts } from '../parts.js';

type Shared = Pick<Parts, 'deliveries' | 'events' | 'links' | 'projects' | 'referrals'>;

/** A list for each project that was asked for. */
const byProject = <Row extends { project: string }>(rows: Row[], projects: string[]): Row[][] => {
  const lists = new Map<string, Row[]>();
  for (const row of rows) lists.set(row.project, [...(lists.get(row.project) ?? []), row]);
  return projects.map((project) => lists.get(project) ?? []);
};

/** What one e-mail looks up and writes, asked of the store together with the other e-mails under way. */
export const shareRoundTrips = <Given extends Shared>(parts: Given): Given => {
  const { deliveries, events, links, projects, referrals } = parts;

  const project = onceTogether(async (ids: string[]) => {
    const found = new Map((await projects.inShort(ids)).map((one) => [one.id, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
  const claim = together((claims: Parameters<typeof deliveries.claimAll>[0]) => deliveries.claimAll(claims));
  const link = together((made: Parameters<typeof links.createAll>[0]) => links.createAll(made));
  const sent = together(async (marks: Parameters<typeof deliveries.markAllSent>[0]) => {
    await deliveries.markAllSent(marks);
    return marks.map(() => undefined);
  });

  return {
    ...parts,
    projects: { ...projects, byId: project },
    referrals: {
      ...referrals,
      involvedIn: onceTogether<string, Referral[]>(async (ids) => byProject(await referrals.involvedInAny(ids), ids)),
    },
    events: {
      ...events,
      ofProject: onceTogether<string, ProjectEvent[]>(async (ids) => byProject(await events.ofProjects(ids), ids)),
    },
    links: { ...links, create: (subject: Parameters<typeof links.create>[0], at: Date) => link({ subject, at }) },
    deliveries: {
      ...deliveries,
      claim: (id: string, now: Date, lockedUntil: Date) => claim({ id, now, lockedUntil }),
      markSent: (id: string, how: Parameters<typeof deliveries.markSent>[1]) => sent({ id, ...how }),
    },
  };
};
