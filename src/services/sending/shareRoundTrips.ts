import { onceTogether, together } from '../../together.js';
import type { Parts } from '../parts.js';

type Shared = Pick<Parts, 'deliveries' | 'links' | 'projects'>;

/** What one e-mail writes, together with the other e-mails under way; and its project, without the trace that no e-mail shows. */
export const shareRoundTrips = <Given extends Shared>(parts: Given): Given => {
  const { deliveries, links, projects } = parts;

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
    links: { ...links, create: (subject: Parameters<typeof links.create>[0], at: Date) => link({ subject, at }) },
    deliveries: {
      ...deliveries,
      claim: (id: string, now: Date, lockedUntil: Date) => claim({ id, now, lockedUntil }),
      markSent: (id: string, how: Parameters<typeof deliveries.markSent>[1]) => sent({ id, ...how }),
    },
  };
};
