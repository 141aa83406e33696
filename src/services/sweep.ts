import type { Parts } from './parts.js';

type Needs = Pick<
  Parts,
  'clock' | 'deliveries' | 'enqueue' | 'enqueueExports' | 'enqueueReplays' | 'exportRecords' | 'replays'
> & {
  /** Takes up what a crash left half done; gives how many projects and referrals it completed. */
  settleLeftovers: () => Promise<number>;
  /** Does what time does to referrals; gives how many it changed. */
  expire: () => Promise<number>;
};

/** How many projects and referrals it completed, and changed; how many e-mails were due; whether Redis knows of them. */
export interface Swept {
  settled: number;
  expired: number;
  due: number;
  queued: boolean;
}

/** Ids told to the queue at a time, and at most in one sweep: the next minute takes the rest. */
const AT_A_TIME = 500;
const AT_MOST = 10_000;

/**
 * Catches up with whatever an outage or a crash left behind: completes half-done work, does what time does to referrals,
 * then tells the queues every e-mail that is due and not done, and every replay of the rules and every export that no
 * worker answers for. Those they know already stay as they are. `queued` is false when Redis is away.
 */
export const sweep = (parts: Needs) => async (): Promise<Swept> => {
  const {
    clock,
    deliveries,
    enqueue,
    enqueueExports,
    enqueueReplays,
    expire,
    exportRecords,
    replays,
    settleLeftovers,
  } = parts;
  const settled = await settleLeftovers();
  const expired = await expire();
  const due = await deliveries.due(clock(), AT_MOST);
  let queued = true;
  for (let from = 0; queued && from < due.length; from += AT_A_TIME)
    queued = await enqueue(due.slice(from, from + AT_A_TIME));
  queued = queued && (await enqueueReplays(await replays.free(clock())));
  queued = queued && (await enqueueExports(await exportRecords.free(clock())));
  return { settled, expired, due: due.length, queued };
};
export type Sweep = ReturnType<typeof sweep>;
