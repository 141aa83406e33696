import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { projectRoot, readConfig, requireAddresses } from '../../src/config.js';
import { startStore } from '../../src/embedded/store/startStore.js';
import { logger } from '../../src/logger.js';
import { readinessOf } from '../../src/services/readiness.js';
import { type OpenServices, openServices } from '../../src/services.js';
import { until } from '../support/startProcesses.js';
import { startRedis } from '../support/startRedis.js';

/** Longer than a probe may wait, in milliseconds: a second, and what a busy machine adds. */
const A_SECOND_AND_A_BIT = 1500;
const SECRET = 'a-secret-for-mail-servers-long-enough';

let dataDir: string;
let store: Awaited<ReturnType<typeof startStore>>;
let redis: Awaited<ReturnType<typeof startRedis>>;
let opened: OpenServices;
let app: ReturnType<typeof createApp>;
let level: string;

beforeAll(async () => {
  level = logger.level;
  logger.level = 'silent';
  dataDir = await mkdtemp(path.join(tmpdir(), 'health-'));
  [store, redis] = await Promise.all([
    startStore({ dataDir, script: path.join(projectRoot, 'dist/src/embedded/store/main.js') }),
    startRedis(),
  ]);
  const config = requireAddresses(
    readConfig({
      MONGODB_URL: store.uri,
      REDIS_URL: redis.url,
      SMTP_URL: 'smtp://127.0.0.1:9',
      SESSION_SECRETS: 'a secret for tests only and long enough',
      INBOUND_SECRET: SECRET,
    }),
  );
  opened = await openServices(config, undefined, { as: 'web' });
  app = createApp(opened.services, opened.sessions, config);
});
afterAll(async () => {
  store.process.kill('SIGCONT');
  await opened.close();
  await Promise.all([store.stop(), redis.stop()]);
  await rm(dataDir, { recursive: true, force: true });
  logger.level = level;
});

const get = (address: string) => request(app).get(address);

/** What a balancer is told, and in how many milliseconds. */
const probe = async () => {
  const began = performance.now();
  const { status, body, headers } = await get('/readyz');
  expect(headers['cache-control']).toBe('no-store');
  return { status, body, took: performance.now() - began };
};
const untilProbed = (what: string, expected: number) => until(what, async () => (await probe()).status === expected);

const ALL_WELL = { ready: true, stopping: false, store: 'up', redis: 'up', migrations: 'done' };

describe('a web process', () => {
  it('is alive and not ready before a store that is not migrated; pages wait, and come by themselves', async () => {
    await until('the store', async () => (await probe()).body.store === 'up');
    expect(await probe()).toMatchObject({ status: 503, body: { ...ALL_WELL, ready: false, migrations: 'behind' } });
    expect((await get('/livez')).status).toBe(200);

    const page = await get('/projet/besoins');
    expect(page.status).toBe(503);
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    expect(page.text).toContain('indisponible');
    expect((await get('/chiffres')).status).toBe(503);
    const home = await get('/');
    expect([home.status, home.headers['cache-control']]).toEqual([200, 'no-store']);
    const message = request(app)
      .post('/webhooks/inbound')
      .set({ authorization: `Bearer ${SECRET}`, 'content-type': 'message/rfc822' });
    expect((await message.send('Subject: hello\n\nHello')).status).toBe(503);
    expect((await get('/css/desk.css')).status).toBe(200);

    await opened.parts.migrations.migrate();
    await untilProbed('ready', 200);
    expect((await probe()).body).toEqual(ALL_WELL);
    expect((await get('/projet/besoins')).status).toBe(200);
  });

  it('asks the store once, however many ask it within a second', async () => {
    let asked = 0;
    const { migrations } = opened.parts;
    const behind = (): Promise<string[]> => {
      asked += 1;
      return migrations.behind();
    };
    const { look } = readinessOf({ migrations: { behind }, redisAnswers: async () => true });
    const looks = await Promise.all(Array.from({ length: 50 }, look));
    expect(looks.every(({ ready }) => ready)).toBe(true);
    await look();
    expect(asked).toBe(1);
  });

  it('is ready without Redis, and says so', async () => {
    await redis.crash();
    await until('Redis away', async () => (await probe()).body.redis === 'away');
    expect((await probe()).body).toEqual({ ...ALL_WELL, redis: 'away' });
    expect((await probe()).status).toBe(200);
    await redis.restart();
    await until('Redis back', async () => (await probe()).body.redis === 'up');
  });

  it('tells within a second that the store hangs, and is ready again by itself', async () => {
    store.process.kill('SIGSTOP');
    const slowest: number[] = [];
    await until('red', async () => {
      const { status, took } = await probe();
      slowest.push(took);
      return status === 503;
    });
    expect((await probe()).body).toMatchObject({ ready: false, store: 'away', migrations: 'unknown' });
    expect((await get('/livez')).status).toBe(200);
    expect(Math.max(...slowest)).toBeLessThan(A_SECOND_AND_A_BIT);

    store.process.kill('SIGCONT');
    await untilProbed('ready again', 200);
  });

  it('is red as soon as it stops', async () => {
    opened.services.readiness.leave();
    expect(await probe()).toMatchObject({ status: 503, body: { ...ALL_WELL, ready: false, stopping: true } });
  });
});
