import { PREFIX } from '../../src/delivery/queueNames.js';
import { type RateLimits, rateLimitsOn } from '../../src/delivery/rateLimits.js';
import { slowDownsOn } from '../../src/delivery/slowDowns.js';
import { deskOnRedis } from '../support/deskOnRedis.js';
import { until } from '../support/startProcesses.js';
import { startRedisCluster } from '../support/startRedisCluster.js';

const SECRET = 'a secret for tests only';
/** Milliseconds that a submission may take while Redis is away: the wait for the queue, and its own work. */
const SOON = 2500;

let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
let desk: Awaited<ReturnType<typeof deskOnRedis>>;
const closing: { close(): void }[] = [];

beforeAll(async () => {
  cluster = await startRedisCluster({ replicas: true });
  desk = await deskOnRedis(cluster.url);
  desk.work();
  await desk.untilThere();
});
afterAll(async () => {
  for (const { close } of closing) close();
  await desk.stop();
  await cluster.stop();
});

const opened = (): RateLimits => {
  const limits = rateLimitsOn(cluster.url, SECRET);
  closing.push(limits);
  return limits;
};

/** As another process would: waits until its counts reach the cluster. */
const shared = async (): Promise<RateLimits> => {
  const limits = opened();
  const pattern = 'limit:changes-of-project:3600:*';
  const before = (await cluster.keys(pattern)).length;
  let tries = 0;
  await until('limits kept by the cluster', async () => {
    tries += 1;
    await limits.take('changes-of-project', `${before} ${tries}`);
    return (await cluster.keys(pattern)).length > before;
  });
  return limits;
};

const timesAllowed = async (limits: RateLimits, email: string, times: number): Promise<number> => {
  let count = 0;
  for (let i = 0; i < times; i += 1) if ((await limits.take('submissions-of-email', email)).allowed) count += 1;
  return count;
};

/** The slowest of so many calls, in milliseconds. */
const slowest = async (times: number, call: (i: number) => Promise<unknown>): Promise<number> => {
  let longest = 0;
  for (let i = 0; i < times; i += 1) {
    const begun = performance.now();
    await call(i);
    longest = Math.max(longest, performance.now() - begun);
  }
  return longest;
};

describe('a Redis Cluster', () => {
  it('carries the e-mails of a submission, with every key of the queues on one node', async () => {
    await desk.submit();
    await desk.eachReceived();
    const keys = await cluster.keys('*desk*');
    expect(keys.length).toBeGreaterThan(3);
    const holder = await cluster.masterOf(PREFIX);
    for (const { key, port } of keys) expect(`${key} ${port}`).toBe(`${key.replace(/^[^:]*/, PREFIX)} ${holder}`);
    expect((await desk.parts.queueDepths())?.map(({ queue }) => queue)).toContain('timetable');
    expect(await desk.parts.queueBoard()).not.toBeNull();
  });

  it('counts limits for all processes together, a key at a time on whichever node', async () => {
    const [one, other] = [await shared(), await shared()];
    for (const name of ['anne', 'basile', 'carole', 'denis', 'emma', 'fanny']) {
      expect(await timesAllowed(one, `${name}@example.org`, 3)).toBe(3);
      expect(await timesAllowed(other, `${name}@example.org`, 3)).toBe(2);
    }
    const holders = (await cluster.keys('limit:submissions-of-email:*')).map(({ port }) => port);
    expect(holders).toHaveLength(6);
    expect(new Set(holders).size).toBeGreaterThan(1);
  });

  it('slows down wrong passwords for all processes together', async () => {
    const [one, other] = [slowDownsOn(cluster.url, SECRET), slowDownsOn(cluster.url, SECRET)];
    closing.push(one, other);
    await shared();
    for (let i = 0; i < 3; i += 1) await one.attempt('code-of-account', 'camille');
    for (let i = 0; i < 3; i += 1) await other.attempt('code-of-account', 'camille');
    expect((await one.attempt('code-of-account', 'camille')).allowed).toBe(false);
    await other.forget('code-of-account', 'camille');
    expect((await one.attempt('code-of-account', 'camille')).allowed).toBe(true);
    await one.remember('camille', 'browser');
    expect(await other.knows('camille', 'browser')).toBe(true);
  });

  it('moves the queues to another node under way, and nothing is lost', async () => {
    const from = await cluster.masterOf(PREFIX);
    const moving = cluster.moveSlotOf(PREFIX);
    for (let i = 0; i < 5; i += 1) expect(await desk.submit()).toBeLessThan(SOON);
    expect(await moving).not.toBe(from);
    await desk.submit();
    await desk.eachReceived();
    expect(await cluster.masterOf(PREFIX)).toBe(await moving);
  });

  it('loses nothing, and keeps no page waiting, when the node of the queues is killed and its replica takes over', async () => {
    const limits = await shared();
    const holder = await cluster.masterOf(PREFIX);
    await desk.submit();
    await cluster.kill(holder);
    const took = await slowest(3, () => desk.submit());
    const counted = await slowest(6, (i) => limits.take('submissions-of-email', `killed-${i}@example.org`));
    expect(took).toBeLessThan(SOON);
    expect(counted).toBeLessThan(1000);
    await desk.eachReceived();
    expect(await cluster.masterOf(PREFIX)).not.toBe(holder);
    await cluster.start(holder);
    await cluster.untilWhole();
  });

  it('keeps nobody waiting for a node that hangs', async () => {
    const limits = await shared();
    const holder = await cluster.masterOf(PREFIX);
    cluster.signal(holder, 'SIGSTOP');
    expect(await desk.submit()).toBeLessThan(SOON);
    expect(await slowest(3, (i) => limits.take('nudges-of-email', `hung-${i}@example.org`))).toBeLessThan(1000);
    cluster.signal(holder, 'SIGCONT');
    await desk.eachReceived();
  });

  it('goes on without any node, and makes up for it when all are back', async () => {
    const limits = await shared();
    await cluster.killAll();
    expect(await slowest(2, () => desk.submit())).toBeLessThan(SOON);
    expect(await timesAllowed(limits, 'gaelle@example.org', 7)).toBe(5);
    await cluster.startAll();
    await desk.untilThere();
    await desk.submit();
    await desk.eachReceived();
    expect(await timesAllowed(await shared(), 'hugo@example.org', 7)).toBe(5);
  });
});
