import { once } from 'node:events';
import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { TRIES } from '../domain/emails/catalogue.js';
import { logger } from '../logger.js';
import { DELIVERIES, type DeliveryJob } from './queueNames.js';
import { PATIENCE, producerConnection } from './redis.js';

/** Done or given up, a job leaves Redis: the record of the delivery is what stays. */
const RETRIES: JobsOptions = {
  attempts: TRIES.atMost,
  backoff: { type: 'exponential', delay: TRIES.firstWaitInSeconds * 1000, jitter: 0.2 },
  removeOnComplete: true,
  removeOnFail: true,
};

const within = <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('redis did not answer in time')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Waits for a connection that is being made for the first time; one that was lost comes back by itself, later. */
const whenReady = async (redis: Redis): Promise<void> => {
  if (redis.status === 'ready') return;
  if (redis.status !== 'connecting' && redis.status !== 'connect') throw new Error('redis is away');
  await once(redis, 'ready', { signal: AbortSignal.timeout(PATIENCE) });
};

export interface DeliveryQueue {
  enqueue(ids: string[]): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * The producer's end of the queue. `enqueue` takes ids of deliveries; those already in the queue are left as they are. It
 * resolves to false, within about a second, when Redis is away or hangs, and never throws: the sweep will catch up.
 */
export const deliveryQueue = (redisUrl: string): DeliveryQueue => {
  const redis = producerConnection(redisUrl);
  let queue: Queue<DeliveryJob> | null = null;
  let failing = false;

  const open = (): Queue<DeliveryJob> => {
    queue ??= new Queue<DeliveryJob>(DELIVERIES, { connection: redis }).on('error', () => {});
    return queue;
  };

  /** A queue that met an outage while it was opened stays unusable: the next call opens another. */
  const forget = (): void => {
    queue?.close().catch(() => {});
    queue = null;
  };

  const add = async (ids: string[]): Promise<void> => {
    await whenReady(redis);
    await open().addBulk(ids.map((id) => ({ name: 'send', data: { delivery: id }, opts: { ...RETRIES, jobId: id } })));
  };

  return {
    async enqueue(ids) {
      if (ids.length === 0) return true;
      try {
        await within(PATIENCE, add(ids));
        failing = false;
        return true;
      } catch (error) {
        if (!failing)
          logger.warn({ reason: (error as Error).message, ids }, 'deliveries not queued, left to the sweep');
        failing = true;
        forget();
        return false;
      }
    },

    async close() {
      await queue?.close();
      redis.disconnect();
    },
  };
};
