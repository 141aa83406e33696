import { REFERRAL_STATES } from '../../../domain/referrals/lifecycle.js';
import type { Invariant } from '../invariant.js';

export const oneOpen: Invariant = {
  label: 'Un projet est chez un seul partenaire principal à la fois',
  severity: 'wrong',
  repair: null,
  inFile: ({ project, mains }) => {
    const open = mains.filter(({ state }) => REFERRAL_STATES[state]?.open);
    if (open.length < 2) return [];
    return [{ id: project.id, what: `ouvert chez ${open.map(({ partner }) => partner).join(' et ')}` }];
  },
};
