import { basketOf } from '../../../domain/referrals/lifecycle.js';
import type { Invariant } from '../invariant.js';
import type { HeldReferral } from '../projectFile.js';

const CLOSED = ['helped', 'no_solution', 'unreachable', 'declined', 'rerouted', 'expired', 'withdrawn'];

const lacks = (referral: HeldReferral): string[] => [
  ...(referral.basket !== basketOf(referral) ? ['panier'] : []),
  ...(referral.state === 'taken' && (!referral.takenBy || !referral.takenAt) ? ['prise en charge'] : []),
  ...(CLOSED.includes(referral.state) && !referral.closedAt ? ['date de fin'] : []),
];

export const inPlace: Invariant = {
  label: 'Une mise en relation est rangée là où son état la montre',
  severity: 'wrong',
  repair: null,
  inFile: ({ mains, associated }) =>
    [...mains, ...associated].flatMap((referral) => {
      const found = lacks(referral);
      return found.length > 0 ? [{ id: referral.id, what: `à revoir\u00a0: ${found.join(', ')}` }] : [];
    }),
};
