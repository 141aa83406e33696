import { type Delivery, isOwed, UNTRIED } from '../../domain/emails/delivery.js';
import type { Parts } from '../parts.js';

/** The e-mails of one project while its past is lived, in memory: what sending asks of their repository. */
export const pastEmails = (newId: Parts['newId']) => {
  const records: (Delivery & { createdAt: Date })[] = [];
  const byKey = new Set<string>();

  const owed = (now: Date): Delivery[] =>
    records.filter((one) => isOwed(one) && one.due <= now).sort((a, b) => a.due.getTime() - b.due.getTime());
  const change = (ids: string[], changed: Partial<Delivery>): void => {
    for (const email of records) if (ids.includes(email.id)) Object.assign(email, { lockedUntil: null }, changed);
  };

  const deliveries = {
    async plan(planned, at) {
      const fresh = planned.filter(({ key }) => !byKey.has(key));
      for (const { key } of fresh) byKey.add(key);
      records.push(...fresh.map((one) => ({ ...UNTRIED, ...one, id: newId(), createdAt: at })));
      return [];
    },
    async claim(id, now) {
      const email = owed(now).find((one) => one.id === id);
      return email ? Object.assign(email, { attempts: email.attempts + 1 }) : null;
    },
    postpone: async (id, until) => change([id], { due: until, attempts: 0 }),
    markSent: async (id, { at, ...sent }) => change([id], { sentAt: at, ...sent }),
    markCancelled: async (id, because) => change([id], { cancelledBecause: because }),
    ofKinds: async (_project, kinds) => records.filter(({ email }) => kinds.includes(email)).map((one) => ({ ...one })),
    lead: async (id, leads) => change([id], leads),
    cancelFree: async (ids, because) =>
      change(
        records.filter((one) => ids.includes(one.id) && isOwed(one)).map(({ id }) => id),
        { cancelledBecause: because },
      ),
    owedOccasions: async (_project, kind) =>
      records
        .filter((one) => one.email === kind && isOwed(one))
        .map(({ occasion }) => occasion)
        .reverse(),
  } satisfies Partial<Parts['deliveries']>;

  return {
    records,
    deliveries,
    /** Due by then and not done, soonest first. */
    owed,
  };
};
