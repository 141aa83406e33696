import { Redis } from 'ioredis';
import { SLOW_DOWNS, type SlowDowns, slowDownsOn, waitAfter } from '../../src/delivery/slowDowns.js';
import { logger } from '../../src/logger.js';
import { startRedis } from '../support/startRedis.js';

const SECRET = 'a secret for tests only';
const NAME = 'password-from-place';
const { free } = SLOW_DOWNS[NAME];

let redis: Awaited<ReturnType<typeof startRedis>>;
let client: Redis;
const open: SlowDowns[] = [];

/** Waits for the connection: until then, the process counts by itself. */
const opened = async (): Promise<SlowDowns> => {
  const slowDowns = slowDownsOn(redis.url, SECRET);
  open.push(slowDowns);
  await client.flushall();
  for (let i = 0; (await client.keys('slow:*')).length === 0; i += 1) {
    if (i > 1000) throw new Error('the slow-downs do not reach Redis');
    await slowDowns.remember(`warm-up ${i}`, 'a browser');
  }
  await client.flushall();
  return slowDowns;
};

beforeAll(async () => {
  logger.level = 'silent';
  redis = await startRedis();
  client = new Redis(redis.url);
});
afterAll(async () => {
  for (const slowDowns of open) slowDowns.close();
  client.disconnect();
  await redis.stop();
});

/** As if the wait were over. */
const waitIsOver = async (): Promise<void> => {
  const waits = await client.keys('slow:*:wait:*');
  if (waits.length > 0) await client.del(waits);
};

it('waits one second after the first failures, then twice as long each time, up to a quarter of an hour', () => {
  const waits = Array.from({ length: 16 }, (_, i) => waitAfter(i + 1, SLOW_DOWNS[NAME]));
  expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
});

it('lets one account be tried less than a hundred times in an hour, wherever it comes from', () => {
  const pace = SLOW_DOWNS['password-of-account'];
  let [attempts, seconds] = [0, 0];
  for (; seconds <= 3600; attempts += 1) seconds += waitAfter(attempts + 1, pace);
  expect(attempts).toBeLessThan(100);
});

describe('an attempt', () => {
  it('after failures waits, longer each time, for all processes together', async () => {
    const [one, other] = [await opened(), await opened()];
    for (let i = 1; i < free; i += 1) await one.attempt(NAME, 'anne');
    const waits: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      expect((await one.attempt(NAME, 'anne')).allowed).toBe(true);
      waits.push((await other.attempt(NAME, 'anne')).retryInSeconds);
      await waitIsOver();
    }
    expect(waits).toEqual([1, 2, 4, 8]);
  });

  it('made while another waits neither counts nor lengthens the wait', async () => {
    const slowDowns = await opened();
    const fails = async (): Promise<void> => {
      await waitIsOver();
      expect((await slowDowns.attempt(NAME, 'bruno')).allowed).toBe(true);
    };
    const refused = async (): Promise<number> => {
      const { allowed, retryInSeconds } = await slowDowns.attempt(NAME, 'bruno');
      expect(allowed).toBe(false);
      return retryInSeconds;
    };
    for (let i = 0; i < free + 5; i += 1) await fails();
    for (let i = 0; i < 20; i += 1) expect(await refused()).toBeLessThanOrEqual(64 / 2);
    await fails();
    expect(await refused()).toBeGreaterThan(64 / 2);
    expect(await refused()).toBeLessThanOrEqual(64);
  });

  it('is one of a few, however many are made at once', async () => {
    const slowDowns = await opened();
    const taken = await Promise.all(Array.from({ length: 50 }, () => slowDowns.attempt(NAME, 'chloe')));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(free);
  });

  it('that was right is forgotten with the failures before it', async () => {
    const slowDowns = await opened();
    for (let i = 0; i < free; i += 1) await slowDowns.attempt(NAME, 'lea');
    expect((await slowDowns.attempt(NAME, 'lea')).allowed).toBe(false);
    await slowDowns.forget(NAME, 'lea');
    expect((await slowDowns.attempt(NAME, 'lea')).allowed).toBe(true);
  });

  it('is kept without the address or the e-mail', async () => {
    const slowDowns = await opened();
    await slowDowns.attempt(NAME, 'camille@example.org 192.0.2.7');
    await slowDowns.remember('camille@example.org', 'a browser');
    const keys = (await client.keys('*')).join(' ');
    expect(keys).toContain('slow:');
    expect(keys).not.toMatch(/camille|192\.0|browser/);
  });
});

it('knows the browsers in which an account signed in', async () => {
  const slowDowns = await opened();
  await slowDowns.remember('anne', 'her browser');
  expect(await slowDowns.knows('anne', 'her browser')).toBe(true);
  expect(await slowDowns.knows('anne', 'another')).toBe(false);
  expect(await slowDowns.knows('bruno', 'her browser')).toBe(false);
});

it('counts in the process while Redis is away', async () => {
  const slowDowns = slowDownsOn('redis://127.0.0.1:9', SECRET);
  open.push(slowDowns);
  for (let i = 0; i < free; i += 1) expect((await slowDowns.attempt(NAME, 'anne')).allowed).toBe(true);
  expect(await slowDowns.attempt(NAME, 'anne')).toEqual({ allowed: false, retryInSeconds: 1 });
  await slowDowns.forget(NAME, 'anne');
  expect((await slowDowns.attempt(NAME, 'anne')).allowed).toBe(true);
});
