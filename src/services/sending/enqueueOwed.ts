import type { Parts } from '../parts.js';

/** Tells the queue that these e-mails may leave, and keeps with them since when it knows. False when Redis is away. */
export const enqueueOwed =
  ({ clock, deliveries, enqueue }: Pick<Parts, 'clock' | 'deliveries' | 'enqueue'>): Parts['enqueue'] =>
  async (ids) => {
    if (!(await enqueue(ids))) return false;
    if (ids.length > 0) await deliveries.markEnqueued(ids, clock());
    return true;
  };
