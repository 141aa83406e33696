import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { deliveryQueue } from '../../src/delivery/queue.js';
import { DELIVERIES, PREFIX } from '../../src/delivery/queueNames.js';
import { TRIES } from '../../src/domain/emails/catalogue.js';
import { logger } from '../../src/logger.js';
import { until } from '../support/startProcesses.js';
import { startRedis } from '../support/startRedis.js';

logger.level = 'silent';

let redis: Awaited<ReturnType<typeof startRedis>>;
beforeEach(async () => {
  redis = await startRedis();
});
afterEach(() => redis.stop());

const jobsIn = async (): Promise<{ id: string | undefined; data: unknown; attempts: number | undefined }[]> => {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue(DELIVERIES, { connection, prefix: PREFIX });
  const jobs = await queue.getJobs();
  await queue.close();
  connection.disconnect();
  return jobs.map(({ id, data, opts }) => ({ id, data, attempts: opts.attempts }));
};

const timed = async <T>(work: Promise<T>): Promise<{ result: T; took: number }> => {
  const start = performance.now();
  return { result: await work, took: performance.now() - start };
};

test('a job carries the id of its delivery and nothing else, once however often it is queued', async () => {
  const queue = deliveryQueue(redis.url);
  expect(await queue.enqueue(['d1', 'd2'])).toBe(true);
  expect(await queue.enqueue(['d2'])).toBe(true);
  const jobs = (await jobsIn()).sort((a, b) => String(a.id).localeCompare(String(b.id)));
  expect(jobs).toEqual(['d1', 'd2'].map((id) => ({ id, data: { delivery: id }, attempts: TRIES.atMost })));
  await queue.close();
});

test('without Redis it says no within a second, throws nothing, and works again when Redis is back', async () => {
  const queue = deliveryQueue(redis.url);
  expect(await queue.enqueue(['d1'])).toBe(true);
  await redis.crash();
  for (const id of ['d2', 'd3']) {
    const { result, took } = await timed(queue.enqueue([id]));
    expect(result).toBe(false);
    expect(took).toBeLessThan(1300);
  }
  await redis.restart();
  await until('the queue is back', () => queue.enqueue(['d4']), 5);
  const ids = (await jobsIn()).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['d1', 'd4']));
  expect(ids).not.toContain('d2');
  await queue.close();
});

test('when Redis is away from the start it says no, and finds it when it comes', async () => {
  await redis.crash();
  const queue = deliveryQueue(redis.url);
  const { result, took } = await timed(queue.enqueue(['d1']));
  expect(result).toBe(false);
  expect(took).toBeLessThan(1300);
  await redis.restart();
  await until('the queue is there', () => queue.enqueue(['d1']), 5);
  await queue.close();
});

test('a Redis that hangs keeps nobody waiting', async () => {
  const queue = deliveryQueue(redis.url);
  await queue.enqueue(['d1']);
  const pid = await redis.pid();
  process.kill(pid, 'SIGSTOP');
  const { result, took } = await timed(queue.enqueue(['d2']));
  process.kill(pid, 'SIGCONT');
  expect(result).toBe(false);
  expect(took).toBeLessThan(1300);
  await queue.close();
});

test('nothing to queue is no trouble, and closing without Redis does not hang', async () => {
  const queue = deliveryQueue('redis://127.0.0.1:9');
  expect(await queue.enqueue([])).toBe(true);
  const { took } = await timed(queue.close());
  expect(took).toBeLessThan(1000);
});
