import type { Invariant } from '../invariant.js';

export const factsPoint: Invariant = {
  label: 'Un fait ne nomme que des mises en relation de son projet',
  severity: 'wrong',
  repair: null,
  inFile: ({ mains, associated, events }) => {
    const there = new Set([...mains, ...associated].map(({ id }) => id));
    return events.flatMap(({ id, referral }) =>
      referral && !there.has(referral) ? [{ id, what: `mise en relation ${referral} introuvable` }] : [],
    );
  },
};
