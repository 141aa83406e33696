import { replayEvents } from '../../../domain/referrals/replayEvents.js';
import { inStoryOrder } from '../../../domain/referrals/storyOrder.js';
import { settleAgain } from '../again.js';
import type { Invariant } from '../invariant.js';

/** The last event of its main referrals brings the state with it, unless a later one was written already. */
export const projectState: Invariant = {
  label: 'L’état d’un projet est celui que ses faits racontent',
  severity: 'wrong',
  repair: settleAgain,
  inFile: ({ project, events }, { emailsKeptFrom }) => {
    const { state } = replayEvents(events);
    if (state === project.state) return [];
    const acts = inStoryOrder(events).filter(({ referral, rank }) => referral && rank !== undefined);
    const last = acts.at(-1);
    const again = last && last.at >= emailsKeptFrom && { of: last.id };
    return [{ id: project.id, what: `«\u00a0${project.state}\u00a0» au lieu de «\u00a0${state}\u00a0»`, ...again }];
  },
};
