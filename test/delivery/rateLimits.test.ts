import { Redis } from 'ioredis';
import { LIMITS, limitsWith, type RateLimits, rateLimitsOn } from '../../src/delivery/rateLimits.js';
import { logger } from '../../src/logger.js';
import { startRedis } from '../support/startRedis.js';

const SECRET = 'a secret for tests only';
const EMAIL = 'camille@example.org';
const ADDRESS = '192.0.2.7';

let redis: Awaited<ReturnType<typeof startRedis>>;
const open: RateLimits[] = [];
const opened = (url = redis.url): RateLimits => {
  const limits = rateLimitsOn(url, SECRET);
  open.push(limits);
  return limits;
};

/** Waits for the connection: until then, the process counts by itself. */
const untilShared = async (): Promise<RateLimits> => {
  const limits = opened();
  const client = new Redis(redis.url);
  for (let i = 0; (await client.keys('limit:*changes*')).length === 0; i += 1) {
    if (i > 1000) throw new Error('the limits do not reach Redis');
    await limits.take('changes-of-project', `warm-up ${i}`);
  }
  await client.flushall();
  client.disconnect();
  return limits;
};

const timesAllowed = async (limits: RateLimits, times: number): Promise<number> => {
  let count = 0;
  for (let i = 0; i < times; i += 1) if ((await limits.take('submissions-of-email', EMAIL)).allowed) count += 1;
  return count;
};

beforeAll(async () => {
  logger.level = 'silent';
  redis = await startRedis();
});
afterAll(async () => {
  for (const limits of open) limits.close();
  await redis.stop();
});

describe('limits held in Redis', () => {
  it('hold for two web processes together, and say when to try again', async () => {
    const [one, other] = [await untilShared(), await untilShared()];
    expect(await timesAllowed(one, 3)).toBe(3);
    expect(await timesAllowed(other, 3)).toBe(2);
    const refused = await one.take('submissions-of-email', EMAIL);
    const [{ seconds }] = LIMITS['submissions-of-email'];
    expect(refused.allowed).toBe(false);
    expect(refused.retryInSeconds).toBeGreaterThan(seconds - 60);
    expect(refused.retryInSeconds).toBeLessThanOrEqual(seconds);
  });

  it('count the addresses of one mailbox as one', async () => {
    const limits = await untilShared();
    const taken = ['camille+1@example.org', 'Camille+two@example.org', ' camille@example.org', EMAIL, EMAIL];
    for (const email of taken) expect((await limits.take('resume-links-of-email', email)).allowed).toBe(true);
    expect((await limits.take('resume-links-of-email', 'camille+6@example.org')).allowed).toBe(false);
    expect((await limits.take('resume-links-of-email', 'camilla@example.org')).allowed).toBe(true);
  });

  it('count 20 at the same instant as 20', async () => {
    const limits = await untilShared();
    const taken = await Promise.all(Array.from({ length: 20 }, () => limits.take('submissions-of-email', EMAIL)));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(5);
  });

  it('take letter case and spaces of an e-mail for nothing, and other keys and names apart', async () => {
    const limits = await untilShared();
    expect(await timesAllowed(limits, 5)).toBe(5);
    expect((await limits.take('submissions-of-email', ' Camille@Example.org ')).allowed).toBe(false);
    expect((await limits.take('submissions-of-email', 'dominique@example.org')).allowed).toBe(true);
    expect((await limits.take('resume-links-of-email', EMAIL)).allowed).toBe(true);
  });

  it('do not count in the day what the hour refused', async () => {
    const limits = await untilShared();
    for (let i = 0; i < 40; i += 1) await limits.take('submissions-from-address', ADDRESS);
    const client = new Redis(redis.url);
    const keys = await client.keys('limit:submissions-from-address:86400:*');
    expect(await client.get(keys[0] ?? '')).toBe('10');
    client.disconnect();
  });

  it('give back what should not have counted', async () => {
    const limits = await untilShared();
    for (let i = 0; i < 25; i += 1) {
      expect((await limits.take('wrong-secrets-from-address', ADDRESS)).allowed).toBe(true);
      await limits.giveBack('wrong-secrets-from-address', ADDRESS);
    }
  });

  it('leave neither address nor e-mail in Redis, and nothing for ever', async () => {
    const limits = await untilShared();
    await limits.take('submissions-of-email', EMAIL);
    await limits.take('submissions-from-address', ADDRESS);
    const client = new Redis(redis.url);
    const keys = await client.keys('*');
    expect(keys).toHaveLength(3);
    for (const key of keys) {
      expect(`${key} ${await client.get(key)}`).not.toMatch(/camille|example|192/i);
      expect(await client.ttl(key)).toBeGreaterThan(0);
    }
    client.disconnect();
  });
});

describe('without Redis', () => {
  it('this process counts by itself, at once', async () => {
    const limits = opened('redis://127.0.0.1:9');
    const start = performance.now();
    expect(await timesAllowed(limits, 7)).toBe(5);
    expect(performance.now() - start).toBeLessThan(300);
    await expect(limits.giveBack('submissions-of-email', EMAIL)).resolves.toBeUndefined();
  });

  it('goes on counting when Redis ends under way, and shares again when it is back', async () => {
    const limits = await untilShared();
    expect(await timesAllowed(limits, 2)).toBe(2);
    await redis.crash();
    expect(await timesAllowed(limits, 7)).toBe(5);
    await redis.restart();
    const shared = await untilShared();
    expect(await timesAllowed(shared, 5)).toBe(5);
  });

  it('answers within half a second when Redis hangs', async () => {
    const limits = await untilShared();
    process.kill(await redis.pid(), 'SIGSTOP');
    try {
      const start = performance.now();
      expect((await limits.take('submissions-of-email', EMAIL)).allowed).toBe(true);
      expect(performance.now() - start).toBeLessThan(1000);
    } finally {
      process.kill(await redis.pid(), 'SIGCONT');
    }
  });
});

test('a mail domain gets as many e-mails a minute as the setting says, whoever reads them there', async () => {
  const limits = rateLimitsOn(redis.url, SECRET, limitsWith({ perDomain: 2 }));
  open.push(limits);
  const take = () => limits.take('emails-to-domain', 'example.org');
  expect([(await take()).allowed, (await take()).allowed]).toEqual([true, true]);
  const refused = await take();
  expect(refused.allowed).toBe(false);
  expect(refused.retryInSeconds).toBeGreaterThan(0);
  expect(refused.retryInSeconds).toBeLessThanOrEqual(60);
  expect((await limits.take('emails-to-domain', 'example.net')).allowed).toBe(true);
});
