import type { ReferralState } from './lifecycle.js';
import type { Referral } from './referral.js';

/** Where a partner has nothing more to do with the project: it reads what was shared until then, and no more. */
const HAS_LEFT: readonly ReferralState[] = ['declined', 'rerouted', 'expired', 'withdrawn'];

const hasLeft = ({ state }: Pick<Referral, 'state'>): boolean => HAS_LEFT.includes(state);

/** Until when this partner reads what the others share; null while it is involved. */
export const readsUntil = (referral: Pick<Referral, 'state' | 'closedAt' | 'changedAt'>): Date | null =>
  hasLeft(referral) ? (referral.closedAt ?? referral.changedAt) : null;

/** The other partners that read what is shared from this referral; none once its own partner is out. */
export const sharesWith = (referral: Referral, all: Referral[]): Referral[] =>
  hasLeft(referral) ? [] : all.filter((other) => other.partner !== referral.partner && !hasLeft(other));
