import type { AgedPlace } from '../../data/agedProjects.js';
import { lastContact } from '../../domain/privacy/lastContact.js';
import { type EraseParts, eraseOpened } from '../eraseProject.js';
import type { OwnProject } from '../openOwnProject.js';
import type { Parts } from '../parts.js';
import { storiesOf } from '../statistics/deriveFacts.js';

export type PurgeProjectsParts = EraseParts & Pick<Parts, 'events'>;

/** Projects looked at in one read. */
const BATCH = 200;

/**
 * Erases what is personal of every project whose holder was last in touch before an instant, by the holder's own erasure, a page at
 * a time. What is done is no longer looked at: cut short, the next run goes on. Gives how many.
 */
export const purgeProjects = (parts: PurgeProjectsParts) => {
  const { events, projects, referrals } = parts;

  /** Looked at again just before: who wrote in between is kept. */
  const opened = (id: string, before: Date) => async (): Promise<OwnProject | null> => {
    const project = await projects.byId(id);
    if (!project || project.erasedAt || lastContact(project, await events.ofProject(id)) >= before) return null;
    return { project, referral: (await referrals.ofProject(id)).at(-1) ?? null };
  };

  const overAmong = async (ids: string[], before: Date): Promise<string[]> => {
    const told = await storiesOf(parts, ids);
    const found = await projects.byIds(ids);
    return found.filter((project) => lastContact(project, told.get(project.id) ?? []) < before).map(({ id }) => id);
  };

  return async (before: Date): Promise<number> => {
    const actor = { role: 'system', account: null } as const;
    let gone = 0;
    let after: AgedPlace | null = null;
    do {
      const page: Awaited<ReturnType<Parts['projects']['sentBefore']>> = await projects.sentBefore(before, {
        after,
        limit: BATCH,
      });
      for (const id of await overAmong(page.ids, before))
        if (await eraseOpened(parts)(opened(id, before), { actor, because: 'kept-long-enough' })) gone += 1;
      after = page.last;
    } while (after);
    return gone;
  };
};
