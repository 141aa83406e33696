import { aSubmission } from './aSubmission.js';
import type { Desk } from './startDesk.js';

/** Projects that reach a desk without Redis: each from a visitor of its own. */
export const arrivals = (desk: Desk) => {
  const services = desk.with({ enqueue: async () => true });
  let visitors = 0;
  return {
    services,
    /** A new project, at TILTAM unless changed; gives its referral, its project and the holder's secret. */
    async arrives(changes: Parameters<typeof aSubmission>[0] = {}) {
      visitors += 1;
      const visitor = `arrival-${visitors}`;
      await services.saveDraft(visitor, {}, 'fr');
      const { project, token } = await services.submitProject({ visitor, submission: aSubmission(changes) });
      const id = (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
      return { id, project: project.id, token };
    },
  };
};
