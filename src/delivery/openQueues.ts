import type { Queue } from 'bullmq';
import { whenReady, within } from './queue.js';
import { DELIVERIES, EXPORTS, PREFIX, REPLAYS, TIMETABLE } from './queueNames.js';
import { isAnswering, PATIENCE, producerConnection, type RedisConnection } from './redis.js';

const NAMES = [DELIVERIES, REPLAYS, EXPORTS, TIMETABLE] as const;
export type QueueName = (typeof NAMES)[number];

/** How many jobs Redis holds in a queue, by what they wait for. */
export interface QueueDepth {
  queue: QueueName;
  waiting: number;
  active: number;
  /** Waiting for their time, or for another try. */
  delayed: number;
  /** Since when, in seconds, the first of those that wait for a worker has been waiting; 0: none does. */
  oldestInSeconds: number;
}

/** All queues, for those who look at them and change nothing. Nobody connects, nor loads BullMQ, before the first call. */
export const openQueues = (redisUrl: string) => {
  let redis: RedisConnection | null = null;
  let queues: Queue[] | null = null;

  const ready = async (): Promise<Queue[]> => {
    redis ??= producerConnection(redisUrl);
    const connection = redis;
    await whenReady(connection);
    const { Queue } = await import('bullmq');
    queues ??= NAMES.map((name) => new Queue(name, { connection, prefix: PREFIX }).on('error', () => {}));
    await Promise.all(queues.map((queue) => queue.waitUntilReady()));
    if (!(await isAnswering(connection))) throw new Error('redis does not answer');
    return queues;
  };

  /** A queue that met an outage while it was opened stays unusable: the next call opens another. */
  const forget = (): void => {
    for (const queue of queues ?? []) queue.close().catch(() => {});
    queues = null;
  };

  const depthOf = async (queue: Queue): Promise<QueueDepth> => {
    const [counts, [oldest]] = await Promise.all([
      queue.getJobCounts('wait', 'prioritized', 'active', 'delayed'),
      queue.getJobs(['wait'], 0, 0, true),
    ]);
    const { wait = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
    const oldestInSeconds = oldest ? Math.max(0, Date.now() - oldest.timestamp) / 1000 : 0;
    return { queue: queue.name as QueueName, waiting: wait + prioritized, active, delayed, oldestInSeconds };
  };

  /** Null, within about a second, when Redis is away or hangs. */
  const orNull = async <T>(work: (queues: Queue[]) => Promise<T>): Promise<T | null> => {
    try {
      return await within(PATIENCE, ready().then(work));
    } catch {
      forget();
      return null;
    }
  };

  return {
    /** The queues, with Redis answering. */
    open: (): Promise<Queue[] | null> => orNull(async (open) => open),
    depths: (): Promise<QueueDepth[] | null> => orNull((open) => Promise.all(open.map(depthOf))),
    async close(): Promise<void> {
      await Promise.all((queues ?? []).map((queue) => queue.close()));
      redis?.disconnect();
    },
  };
};
export type OpenQueues = ReturnType<typeof openQueues>;
