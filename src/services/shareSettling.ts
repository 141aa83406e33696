import type { ProjectEvent } from '../domain/referrals/referral.js';
import { together } from '../together.js';
import type { Parts } from './parts.js';

type Shared = Pick<Parts, 'deliveries' | 'drafts' | 'events' | 'links' | 'projects' | 'referrals'>;

/** What gives nothing back, of several in one write. */
const writing = <Given>(writeAll: (given: Given[]) => Promise<void>): ((given: Given) => Promise<void>) =>
  together(async (given: Given[]) => {
    await writeAll(given);
    return given.map(() => undefined);
  });

const clearing = ({ clearAllFromOutbox }: Pick<Parts['projects'], 'clearAllFromOutbox'>) => {
  const clear = writing(clearAllFromOutbox);
  return (id: string, event: string): Promise<void> => clear({ id, event });
};

/**
 * What follows a submission, or an act, written together with what follows from the others under way. The
 * first durable write of each is its own, and so is what tells how busy a team is. A write that fails does so for all whom it
 * was for: each is stored, and the sweep goes on with it. The queue is told by each alone, under the id of its request.
 */
export const shareSettling = <Given extends Shared>(parts: Given): Given => {
  const { deliveries, drafts, events, links, projects, referrals } = parts;

  const append = writing((appended: Parameters<typeof events.appendAll>[0]) => events.appendAll(appended));
  const finish = writing((finished: Parameters<typeof drafts.finishAll>[0]) => drafts.finishAll(finished));
  const link = together((made: Parameters<typeof links.createAll>[0]) => links.createAll(made));
  const plan = together((plans: Parameters<typeof deliveries.planAll>[0]) => deliveries.planAll(plans));

  return {
    ...parts,
    deliveries: {
      ...deliveries,
      plan: (planned: Parameters<typeof deliveries.plan>[0], at: Date) => plan({ planned, at }),
    },
    drafts: {
      ...drafts,
      finishById: (id: string, project: string, at: Date) => finish({ id, project, at }),
    },
    events: { ...events, append: (event: ProjectEvent, recordedAt: Date) => append({ event, recordedAt }) },
    links: { ...links, create: (subject: Parameters<typeof links.create>[0], at: Date) => link({ subject, at }) },
    projects: { ...projects, clearFromOutbox: clearing(projects) },
    referrals: { ...referrals, clearFromOutbox: clearing(referrals) },
  };
};
