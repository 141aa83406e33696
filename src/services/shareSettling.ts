import type { ProjectEvent } from '../domain/referrals/referral.js';
import type { Parts } from './parts.js';
import { onceTogether, together } from '../together.js';

type Shared = Pick<
  Parts,
  'absences' | 'deliveries' | 'drafts' | 'events' | 'links' | 'partnerSettings' | 'projects' | 'referrals' | 'rulesets'
>;

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
 * What follows a submission, or an act, looked up and written together with what follows from the others under way. The
 * first durable write of each is its own, and so is what tells how busy a team is. A write that fails does so for all whom it
 * was for: each is stored, and the sweep goes on with it. The queue is told by each alone, under the id of its request.
 */
export const shareSettling = <Given extends Shared>(parts: Given): Given => {
  const { absences, deliveries, drafts, events, links, partnerSettings, projects, referrals, rulesets } = parts;

  const append = writing((appended: Parameters<typeof events.appendAll>[0]) => events.appendAll(appended));
  const finish = writing((finished: Parameters<typeof drafts.finishAll>[0]) => drafts.finishAll(finished));
  const link = together((made: Parameters<typeof links.createAll>[0]) => links.createAll(made));
  const plan = together((plans: Parameters<typeof deliveries.planAll>[0]) => deliveries.planAll(plans));
  const latest = onceTogether(async (asked: null[]) => {
    const number = await rulesets.latestNumber();
    return asked.map(() => number);
  });

  return {
    ...parts,
    absences: { ...absences, ofPartner: onceTogether(absences.ofPartners) },
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
    partnerSettings: { ...partnerSettings, read: onceTogether(partnerSettings.readAll) },
    projects: { ...projects, endsOf: onceTogether(projects.endsOfAll), clearFromOutbox: clearing(projects) },
    referrals: { ...referrals, clearFromOutbox: clearing(referrals) },
    rulesets: { ...rulesets, latestNumber: () => latest(null) },
  };
};
