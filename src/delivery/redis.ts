import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { logger } from '../logger.js';
import { PREFIX } from './queueNames.js';
import { redisAddress } from './redisAddress.js';

/** One server, the master that sentinels name, or a cluster: used alike, one key (or one hash tag) a command. */
export type RedisConnection = Redis | Cluster;

/** How long, in milliseconds, a page may be kept waiting by Redis. */
export const PATIENCE = 1000;

/** For closing: not to keep a stopping process for the usual two seconds. */
const disconnectTimeout = 100;

const reconnectIn = (attempt: number): number => Math.min(attempt * 100, 2000);

/** A server that was master before a failover refuses writes: the connection is made anew, to whom the name leads now. */
const reconnectOnError = (error: Error): false | 2 => (error.message.startsWith('READONLY') ? 2 : false);

/** How often, in milliseconds, a cluster is asked who holds what: a node that is gone answers nothing, not even a refusal. */
const slotsRefreshInterval = 5000;

/** The same of one server and of each node of a cluster. */
type Manners = Pick<RedisOptions, 'maxRetriesPerRequest' | 'commandTimeout' | 'connectTimeout' | 'enableOfflineQueue'>;
/** Of a cluster: how often a command tries again, 100 ms apart, while nobody serves its slot. */
type Tries = Pick<ClusterOptions, 'maxRedirections' | 'retryDelayOnMoved'>;

const connectTo = (setting: string, { enableOfflineQueue = true, ...manners }: Manners, tries: Tries) => {
  const address = redisAddress(setting);
  const common = { ...manners, disconnectTimeout };
  const alone = { ...common, enableOfflineQueue, retryStrategy: reconnectIn, reconnectOnError };
  if (address.kind === 'one') return new Redis(address.url, alone);
  const tls = address.tls ? { tls: {} } : {};
  if (address.kind === 'sentinel') {
    const { sentinels, name, credentials, sentinelPassword } = address;
    const behindSentinels = new Redis({
      ...alone,
      ...credentials,
      ...tls,
      sentinels,
      name,
      ...(sentinelPassword && { sentinelPassword }),
      ...(address.tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
      sentinelRetryStrategy: reconnectIn,
      failoverDetector: true,
    });
    return beginAgain(behindSentinels);
  }
  return new Cluster(address.nodes, {
    ...tries,
    enableOfflineQueue,
    redisOptions: { ...common, ...address.credentials, ...tls },
    clusterRetryStrategy: reconnectIn,
    slotsRefreshInterval,
    // Names stay names: a certificate is made out to one.
    dnsLookup: (host, found) => found(null, host),
  });
};

/**
 * A failover that sentinels tell of while a connection is being made ends it for good, without having been closed (ioredis, whose
 * detector lets go of the connection under way). It is made again, unless that was ours to end.
 */
const beginAgain = (redis: Redis): Redis => {
  let isClosed = false;
  redis.on('connecting', () => {
    isClosed = false;
  });
  redis.on('close', () => {
    isClosed = true;
  });
  redis.on('end', () => {
    const { manuallyClosing } = redis as unknown as { manuallyClosing: boolean };
    if (!isClosed && !manuallyClosing) redis.connect().catch(() => {});
  });
  return redis;
};

/** One line when Redis goes away, one when it is back; not one per attempt to reconnect. */
const reportOutages = (redis: RedisConnection, who: string): RedisConnection => {
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

/**
 * For pages, which must not wait: a command fails at once when Redis is away, and within `patience` (ms) when it hangs, or
 * when a cluster is choosing another master. `setting`: as in REDIS_URL.
 */
export const producerConnection = (setting: string, patience = PATIENCE): RedisConnection =>
  reportOutages(
    connectTo(
      setting,
      { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: patience, connectTimeout: PATIENCE },
      { maxRedirections: Math.ceil(patience / 200) + 1 },
    ),
    'producer',
  );

/** For the worker, which has time: commands wait until Redis is back, however long. */
export const workerConnection = (setting: string): RedisConnection =>
  reportOutages(
    connectTo(
      setting,
      { maxRetriesPerRequest: null },
      { maxRedirections: Number.POSITIVE_INFINITY, retryDelayOnMoved: 100 },
    ),
    'worker',
  );

/** Whether whoever holds the queues answers within `patience` (ms): of a cluster, that one node. Never throws. */
export const isAnswering = async (redis: RedisConnection, patience = PATIENCE): Promise<boolean> => {
  if (redis.status !== 'ready') return false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patience);
  });
  const answered = redis.exists(`${PREFIX}:here`).then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
};
