import type { Redis } from 'ioredis';
import { rateLimitsOn } from '../../src/delivery/rateLimits.js';
import { producerConnection } from '../../src/delivery/redis.js';
import { deskOnRedis } from '../support/deskOnRedis.js';
import { until } from '../support/startProcesses.js';
import { startRedisSentinel } from '../support/startRedisSentinel.js';

/** Milliseconds that a submission may take while there is no master: the wait for the queue, and its own work. */
const SOON = 2500;

let redis: Awaited<ReturnType<typeof startRedisSentinel>>;
let desk: Awaited<ReturnType<typeof deskOnRedis>>;

beforeAll(async () => {
  redis = await startRedisSentinel();
  desk = await deskOnRedis(redis.url);
  desk.work();
  await desk.untilThere();
});
afterAll(async () => {
  await desk.stop();
  await redis.stop();
});

const limitsOf = (port: number): Promise<string[]> => redis.on(port).keys('limit:nudges-of-email:*');

const ended = (connection: Redis): Promise<void> => new Promise((over) => connection.once('end', () => over()));

describe('a Redis behind sentinels', () => {
  it('is found by the name of its master, with its password', async () => {
    await desk.submit();
    await desk.eachReceived();
    const limits = rateLimitsOn(redis.url, 'a secret for tests only');
    await until('a limit kept by the master', async () => {
      await limits.take('nudges-of-email', 'anne@example.org');
      return (await limitsOf(await redis.master())).length === 1;
    });
    limits.close();
  });

  it('is connected to again when a failover is told of while a connection is being made, and not when we end it', async () => {
    const connection = producerConnection(redis.url) as Redis;
    // What the detector of failovers does.
    (connection as unknown as { connector: { disconnect(): void } }).connector.disconnect();
    await ended(connection);
    await until('a connection', () => connection.status === 'ready');
    connection.disconnect();
    await ended(connection);
    expect(connection.status).toBe('end');
    const given = producerConnection(redis.url) as Redis;
    given.disconnect();
    await ended(given);
    expect(given.status).toBe('end');
  });

  it('loses nothing, and keeps no page waiting, when the master is killed and the replica takes over', async () => {
    const master = await redis.master();
    await desk.submit();
    await redis.kill(master);
    expect(await desk.submit()).toBeLessThan(SOON);
    expect(await desk.submit()).toBeLessThan(SOON);
    await until('another master', async () => (await redis.master()) !== master);
    await desk.untilThere();
    await desk.submit();
    await desk.eachReceived();
  });
});
