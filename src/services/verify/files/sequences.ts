import type { Invariant } from '../invariant.js';

export const sequences: Invariant = {
  label: 'Les mises en relation d’un projet se suivent sans trou',
  severity: 'wrong',
  repair: null,
  inFile: ({ project, mains, associated }) =>
    [mains, associated]
      .filter((some) => some.some(({ sequence }, place) => sequence !== place + 1))
      .map((some) => ({ id: project.id, what: `rangs ${some.map(({ sequence }) => sequence).join(', ')}` })),
};
