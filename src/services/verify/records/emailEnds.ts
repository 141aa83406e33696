import type { Delivery } from '../../../domain/emails/delivery.js';
import type { Fault, Invariant, VerifyParts } from '../invariant.js';

type Ends = Pick<Delivery, 'sentAt' | 'cancelledBecause' | 'gaveUpAt' | 'toCall' | 'messageId' | 'response'>;

const FIELDS = { email: 1, lockedUntil: 1 } as const;
const NOT_ENDED = { sentAt: null, cancelledBecause: null, gaveUpAt: null, toCall: null };
const ENDED = { $or: Object.keys(NOT_ENDED).map((field) => ({ [field]: { $ne: null } })) };

async function* matching({ everyRecord }: VerifyParts, filter: object, what: string, only?: string[]) {
  const wanted = { collection: 'deliveries', fields: FIELDS, filter: filter as Record<string, unknown>, only };
  for await (const page of everyRecord.pages<{ _id: string; email: string }>(wanted))
    for (const { _id: id, email } of page) yield { id, what: `message ${email}\u00a0: ${what}` };
}

/** Nobody knows any more whether it left: somebody looks into the mail server's own log. */
export const endedSomehow: Invariant = {
  label: 'D’un message qui n’est plus à envoyer, on sait ce qu’il est devenu',
  severity: 'loss',
  repair: null,
  async *inStore(parts, _standing, only) {
    yield* matching(parts, { owed: false, ...NOT_ENDED }, 'ni parti, ni annulé, ni abandonné', only);
  },
};

const endAgain = async ({ deliveries }: VerifyParts, { id }: Fault): Promise<void> => {
  const found: (Ends & { id: string }) | null = await deliveries.byId(id);
  if (found?.sentAt)
    await deliveries.markSent(id, {
      at: found.sentAt,
      messageId: found.messageId ?? '',
      response: found.response ?? '',
    });
  else if (found?.cancelledBecause) await deliveries.markCancelled(id, found.cancelledBecause);
};

export const leavesOnce: Invariant = {
  label: 'Un message parti ou annulé ne part plus',
  severity: 'wrong',
  repair: {
    by: 'le message est marqué comme parti ou annulé, ce qu’il est',
    run: async (parts, faults) => {
      for (const fault of faults) await endAgain(parts, fault);
    },
  },
  async *inStore(parts, _standing, only) {
    yield* matching(parts, { owed: true, ...ENDED }, 'parti ou annulé, et encore à envoyer', only);
  },
};

/**
 * Far above what an attempt may take, in milliseconds: a clock was wrong. A day, since the clock of who looks may be wrong as
 * well, and what is being sent must not be sent by another.
 */
const LOCKED_TOO_LONG = 24 * 3_600_000;

export const notLocked: Invariant = {
  label: 'Un message n’est retenu que le temps d’un envoi',
  severity: 'loss',
  repair: {
    by: 'le message est rendu à l’envoi',
    run: async ({ clock, deliveries }, faults) => {
      for (const { id } of faults) await deliveries.release(id, new Date(clock().getTime() + LOCKED_TOO_LONG));
    },
  },
  async *inStore(parts, { now }, only) {
    const until = new Date(now.getTime() + LOCKED_TOO_LONG);
    yield* matching(parts, { owed: true, lockedUntil: { $gt: until } }, 'retenu pour trop longtemps', only);
  },
};
