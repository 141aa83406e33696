import { rebuildFacts } from '../../statistics/rebuildFacts.js';
import { verifyFacts } from '../../statistics/verifyFacts.js';
import type { Invariant } from '../invariant.js';

/** Also rows and counts of projects that are no more. */
export const figures: Invariant = {
  label: 'Les chiffres gardés sont ceux que les faits donnent',
  severity: 'wrong',
  repair: { by: 'les chiffres sont recomptés', run: async (parts) => void (await rebuildFacts(parts)()) },
  async *inStore(parts) {
    const verified = await verifyFacts(parts)();
    if (!verified)
      yield { id: 'figures', what: 'un autre compte est en cours\u00a0: recommencez dans quelques minutes' };
    for (const id of verified?.differences ?? []) yield { id, what: 'diffère des faits' };
  },
};
