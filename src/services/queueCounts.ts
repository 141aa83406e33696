import { BASKETS, type Basket } from '../domain/referrals/lifecycle.js';
import type { Parts } from './parts.js';

type Needs = Pick<Parts, 'clock' | 'referrals'>;

/** For how long, in milliseconds, a count stands: a due date may pass, and what is erased leaves no change behind. */
const STANDS = 30_000;
/** After that long, in milliseconds, no write of another process comes any more with an earlier date than the last change. */
const SETTLED = 5000;

/** The same count of a partner for all who ask, as long as its queue does not change. */
const whileUnchanged = <Count>({ clock }: Needs, count: (partner: string) => Promise<Count>) => {
  const known = new Map<string, { of: number; until: number; counted: Count }>();
  return async (partner: string, changedAt: Date | null): Promise<Count> => {
    const [now, of] = [clock().getTime(), changedAt?.getTime() ?? 0];
    const last = known.get(partner);
    if (last && last.of === of && now < last.until && now >= last.until - STANDS) return last.counted;
    const counted = await count(partner);
    if (now - of > SETTLED) known.set(partner, { of, until: now + STANDS, counted });
    return counted;
  };
};

/**
 * How many projects of a partner's queue are in each basket, and late; COUNTED + 1 stands for more. Up to a thousand keys are read
 * for each: `changedAt`, when the queue last changed, tells whether they must be.
 */
export const queueCounts = (parts: Needs) => ({
  inBaskets: whileUnchanged(parts, async (partner) => {
    const baskets = Object.keys(BASKETS) as Basket[];
    const counts = await Promise.all(baskets.map((basket) => parts.referrals.countBasket(partner, basket)));
    return Object.fromEntries(baskets.map((basket, place) => [basket, counts[place]])) as Record<Basket, number>;
  }),
  late: whileUnchanged(parts, (partner) => parts.referrals.countLate(partner, parts.clock())),
});
export type QueueCounts = ReturnType<typeof queueCounts>;
