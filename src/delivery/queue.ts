import { once } from 'node:events';
import type { JobsOptions, Queue } from 'bullmq';
import { TRIES } from '../domain/emails/catalogue.js';
import { logger, requestId } from '../logger.js';
import { jobTelemetry } from './jobTelemetry.js';
import {
  DELIVERIES,
  type DeliveryJob,
  EXPORTS,
  type ExportJob,
  type OfRequest,
  PREFIX,
  REPLAYS,
  type ReplayJob,
} from './queueNames.js';
import { PATIENCE, producerConnection, type RedisConnection } from './redis.js';

/** Done or given up, a job leaves Redis: the record of the delivery is what stays. */
const RETRIES: JobsOptions = {
  attempts: TRIES.atMost,
  backoff: { type: 'exponential', delay: TRIES.firstWaitInSeconds * 1000, jitter: 0.2 },
  removeOnComplete: true,
  removeOnFail: true,
};

/** Rejects when the work takes longer; it goes on by itself. */
export const within = <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('redis did not answer in time')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Waits for a connection that is being made for the first time; one that was lost comes back by itself, later. */
export const whenReady = async (redis: RedisConnection): Promise<void> => {
  if (redis.status === 'ready') return;
  if (redis.status !== 'connecting' && redis.status !== 'connect') throw new Error('redis is away');
  await once(redis, 'ready', { signal: AbortSignal.timeout(PATIENCE) });
};

export interface JobQueue {
  enqueue(ids: string[]): Promise<boolean>;
  close(): Promise<void>;
}

/** What becomes of an id in the queue: the job's name, data and fate. Its own id is the id itself. */
interface JobOf<Data> {
  queue: string;
  name: string;
  data: (id: string) => Data;
  opts: JobsOptions;
}

/**
 * The producer's end of a queue. `enqueue` takes ids of records; those already in the queue are left as they are. It
 * resolves to false, within about a second, when Redis is away or hangs, and never throws: the sweep will catch up.
 */
const jobQueue = <Data>(redisUrl: string, { queue: queueName, name, data, opts }: JobOf<Data>): JobQueue => {
  const redis = producerConnection(redisUrl);
  let queue: Promise<Queue> | null = null;
  let failing = false;

  /** BullMQ is loaded for the first queue that is opened: the first page does without. */
  const open = (): Promise<Queue> => {
    queue ??= import('bullmq').then(({ Queue }) =>
      new Queue(queueName, { connection: redis, prefix: PREFIX, ...jobTelemetry() }).on('error', () => {}),
    );
    return queue;
  };

  /** A queue that met an outage while it was opened stays unusable: the next call opens another. */
  const forget = (): void => {
    queue?.then((opened) => opened.close()).catch(() => {});
    queue = null;
  };

  const add = async (ids: string[]): Promise<void> => {
    await whenReady(redis);
    const request = requestId();
    const asked: OfRequest = request === undefined ? {} : { request };
    const opened = await open();
    await opened.addBulk(ids.map((id) => ({ name, data: { ...data(id), ...asked }, opts: { ...opts, jobId: id } })));
  };

  return {
    async enqueue(ids) {
      if (ids.length === 0) return true;
      try {
        // Loaded before the time that Redis has begins.
        await import('bullmq');
        await within(PATIENCE, add(ids));
        failing = false;
        return true;
      } catch (error) {
        if (!failing)
          logger.warn({ reason: (error as Error).message, ids }, `${queueName} not queued, left to the sweep`);
        failing = true;
        forget();
        return false;
      }
    },

    async close() {
      try {
        await (await queue)?.close();
      } finally {
        redis.disconnect();
      }
    },
  };
};

/** E-mails owed, by the ids of their deliveries. */
export const deliveryQueue = (redisUrl: string): JobQueue =>
  jobQueue<DeliveryJob>(redisUrl, {
    queue: DELIVERIES,
    name: 'send',
    data: (delivery) => ({ delivery }),
    opts: RETRIES,
  });

/** What fails is left to the sweep. */
const ONCE: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/** Replays of the rules, by their ids. */
export const replayQueue = (redisUrl: string): JobQueue =>
  jobQueue<ReplayJob>(redisUrl, {
    queue: REPLAYS,
    name: 'replay',
    data: (replay) => ({ replay }),
    opts: ONCE,
  });

/** Files that people have asked for, by their ids. */
export const exportQueue = (redisUrl: string): JobQueue =>
  jobQueue<ExportJob>(redisUrl, { queue: EXPORTS, name: 'export', data: (id) => ({ export: id }), opts: ONCE });
