import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { BadSettings } from '../../src/errors.js';
import { startEmbedded } from '../support/startRedis.js';

const on = async <T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> => {
  const redis = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null, disconnectTimeout: 50 }).on(
    'error',
    () => {},
  );
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
};

describe('the embedded Redis', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'red is-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  test('keeps what it was told over a stop and a start', async () => {
    const first = await startEmbedded({ dataDir });
    await on(first.url, (redis) => redis.set('greeting', 'bonjour'));
    await first.stop();

    const second = await startEmbedded({ dataDir });
    expect(await on(second.url, (redis) => redis.get('greeting'))).toBe('bonjour');
    await second.stop();
  });

  test('asks for a password that only its owner can read, and listens on the loopback alone', async () => {
    const redis = await startEmbedded({ dataDir });
    expect((await stat(join(dataDir, 'redis-password'))).mode & 0o777).toBe(0o600);
    const { host, port, password } = new URL(redis.url);
    expect(host).toMatch(/^127\.0\.0\.1:/);
    await expect(on(`redis://127.0.0.1:${port}`, (anyone) => anyone.get('greeting'))).rejects.toThrow('NOAUTH');
    const { pid } = JSON.parse(await readFile(join(dataDir, 'redis.json'), 'utf8'));
    expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(password);
    await redis.stop();
  });

  test('ends the one that a hard kill left behind, without losing what it held', async () => {
    const left = await startEmbedded({ dataDir });
    await on(left.url, (redis) => redis.set('greeting', 'bonjour'));

    const next = await startEmbedded({ dataDir });
    await expect(on(left.url, (redis) => redis.set('greeting', 'bonsoir'))).rejects.toThrow();
    expect(await on(next.url, (redis) => redis.get('greeting'))).toBe('bonjour');
    await next.stop();
  });

  test('leaves no process and no record when it stops, even twice', async () => {
    const redis = await startEmbedded({ dataDir });
    const { pid } = JSON.parse(await readFile(join(dataDir, 'redis.json'), 'utf8'));
    await Promise.all([redis.stop(), redis.stop()]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(stat(join(dataDir, 'redis.json'))).rejects.toThrow('ENOENT');
  });

  test('says what to type when the machine has no server', async () => {
    const start = startEmbedded({ dataDir, folders: [dataDir] });
    await expect(start).rejects.toThrow(BadSettings);
    await expect(start).rejects.toThrow('apt-get install redis-server');
  });
});
