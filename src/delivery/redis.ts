import { Redis } from 'ioredis';
import { logger } from '../logger.js';

/** How long, in milliseconds, a page may be kept waiting by Redis. */
export const PATIENCE = 1000;

/** For closing: not to keep a stopping process for the usual two seconds. */
const disconnectTimeout = 100;

const reconnectIn = (attempt: number): number => Math.min(attempt * 100, 2000);

/** One line when Redis goes away, one when it is back; not one per attempt to reconnect. */
const reportOutages = (redis: Redis, who: string): Redis => {
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) logger.warn({ who, reason: error.message }, 'redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.info({ who }, 'redis is back');
    away = false;
  });
  return redis;
};

/** For pages, which must not wait: a command fails at once when Redis is away, and within `patience` (ms) when it hangs. */
export const producerConnection = (url: string, patience = PATIENCE): Redis =>
  reportOutages(
    new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: patience,
      connectTimeout: PATIENCE,
      retryStrategy: reconnectIn,
      disconnectTimeout,
    }),
    'producer',
  );

/** For the worker, which has time: commands wait until Redis is back, however long. */
export const workerConnection = (url: string): Redis =>
  reportOutages(
    new Redis(url, { maxRetriesPerRequest: null, retryStrategy: reconnectIn, disconnectTimeout }),
    'worker',
  );
