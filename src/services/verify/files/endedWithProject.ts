import { REFERRAL_STATES } from '../../../domain/referrals/lifecycle.js';
import { endAgain } from '../again.js';
import type { Invariant } from '../invariant.js';

export const endedWithProject: Invariant = {
  label: 'Rien ne reste ouvert d’un projet retiré ou effacé',
  severity: 'wrong',
  repair: endAgain,
  inFile: ({ project, mains }) =>
    mains
      .filter(({ state }) => (project.withdrawnAt || project.erasedAt) && REFERRAL_STATES[state]?.open)
      .map(({ id, state }) => ({ id, what: `mise en relation «\u00a0${state}\u00a0» d’un projet retiré ou effacé` })),
};
