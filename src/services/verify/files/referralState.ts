import { replayEvents } from '../../../domain/referrals/replayEvents.js';
import type { Invariant } from '../invariant.js';

export const referralState: Invariant = {
  label: 'L’état d’une mise en relation est celui que ses faits racontent',
  severity: 'wrong',
  repair: null,
  inFile: ({ project, mains, associated, events }) => {
    const told = new Map(replayEvents(events).referrals.map((one) => [one.id, one]));
    return [...mains, ...associated].flatMap(({ id, partner, role, state, takenBy }) => {
      const own = told.get(id);
      if (!own) return [{ id, what: 'aucun fait ne l’ouvre' }];
      // Of a project that ended, `ended-with-project` says it.
      if (own.state === 'withdrawn' && (project.withdrawnAt || project.erasedAt)) return [];
      const differs = (['partner', 'role', 'state', 'takenBy'] as const).filter(
        (field) => own[field] !== { partner, role, state, takenBy }[field],
      );
      return differs.length > 0 ? [{ id, what: `diffère de ses faits\u00a0: ${differs.join(', ')}` }] : [];
    });
  },
};
