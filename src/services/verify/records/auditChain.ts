import { verifyAudit } from '../../audit/verifyAudit.js';
import type { Invariant } from '../invariant.js';

/** `audit verify` says more of it. */
export const auditChain: Invariant = {
  label: 'Le journal des accès est tel qu’il a été écrit',
  severity: 'wrong',
  repair: null,
  async *inStore(parts) {
    const { fault } = await verifyAudit(parts)();
    if (fault) yield { id: String(fault.seq), what: `ligne ${fault.seq}\u00a0: ${fault.kind}` };
  },
};
