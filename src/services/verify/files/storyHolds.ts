import { replayEvents } from '../../../domain/referrals/replayEvents.js';
import type { Invariant } from '../invariant.js';

export const storyHolds: Invariant = {
  label: 'Chaque fait part de l’état où le précédent s’arrête',
  severity: 'wrong',
  repair: null,
  inFile: ({ project, events }) =>
    replayEvents(events).impossible.map((id) => ({ id, what: `fait impossible dans le projet ${project.id}` })),
};
