import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { calculateObjectSize } from 'bson';
import { Redis } from 'ioredis';
import { createApp } from '../../src/app.js';
import { readConfig, requireAddresses } from '../../src/config.js';
import type { Store } from '../../src/data/store.js';
import { startStore } from '../../src/embedded/store/startStore.js';
import { logger } from '../../src/logger.js';
import { paths } from '../../src/paths.js';
import { buildServices, openServices } from '../../src/services.js';
import { openAccounts, submissionOf } from '../support/followUp/people.js';
import { startRedis } from '../support/startRedis.js';
import type { Benchmark, Row } from './benchmark.js';
import { cpuTime } from './email/cpuTime.js';

const PROJECTS = 150;
const PAGES = 60;
const WARM_UP = 20;
/** A Monday on which staff are written to. */
const NOW = new Date('2026-10-05T10:00:00+02:00');
const MAIL_SERVER = 'smtp://127.0.0.1:9';

/** Nothing to hold these against: the table is what capacity is reckoned from. */
const row = (name: string, ours: number, unit: string): Row => ({
  name,
  ours,
  unit,
  floor: 0,
  ratio: 0,
  low: 0,
  high: 0,
});

/** Bytes of the records of each collection, as MongoDB's format has them. */
const recordsOf = async (store: Store): Promise<Map<string, number>> => {
  const sizes = new Map<string, number>();
  for (const { collection } of Object.values(store.connection.models)) {
    let bytes = 0;
    for await (const record of store.connection.collection(collection.name).find())
      bytes += calculateObjectSize(record);
    sizes.set(collection.name, bytes);
  }
  return sizes;
};

/** Bytes of the files of a folder: records, indexes, and what the store keeps free among them. */
const filesOf = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = entries.filter((entry) => entry.isFile()).map((entry) => stat(path.join(entry.parentPath, entry.name)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
};

const sumOf = (sizes: Map<string, number>): number => [...sizes.values()].reduce((sum, size) => sum + size, 0);

const usedMemory = async (redis: Redis): Promise<number> =>
  Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1] ?? 0);

/**
 * What a project costs: bytes in the store by collection with its indexes, bytes in Redis for an e-mail that waits, and
 * milliseconds of processor (this process, store and Redis together) for a submission, a page and an e-mail up to the mail
 * server's door. The last rows say how busy the machine was beside.
 */
export const benchmark: Benchmark = async () => {
  logger.level = 'silent';
  const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-capacity-'));
  const [embedded, conveyor] = await Promise.all([startStore({ dataDir }), startRedis()]);
  const env = {
    MONGODB_URL: embedded.uri,
    REDIS_URL: conveyor.url,
    SMTP_URL: MAIL_SERVER,
    SESSION_SECRETS: '9f1c6f0d2b7e4a83c5d817e0b64f29aa5e3d0c7b',
    HUMAN_SECONDS: '0',
    DATA_DIR: dataDir,
  };
  const config = requireAddresses(readConfig(env));
  const desk = await openServices(config, () => NOW);
  const store = desk.parts as unknown as Store;
  await desk.parts.migrations.migrate();
  await openAccounts(desk);
  const redis = new Redis(conveyor.url);
  const noLimits = { take: async () => ({ allowed: true, retryInSeconds: 0 }), giveBack: async () => undefined };
  const services = buildServices({
    ...desk.parts,
    limits: { ...desk.parts.limits, ...noLimits },
    transport: {
      ...desk.parts.transport,
      send: async ({ messageId }) => ({ messageId, response: '250' }),
    },
  });
  const app = createApp(services, desk.sessions, config);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const pids = [process.pid, embedded.process.pid ?? 0, await conveyor.pid()];
  const taken = (): number => pids.reduce((sum, pid) => sum + cpuTime(pid), 0);
  /** Milliseconds of processor for each of so many, after some that warm up. */
  const cost = async (times: number, act: (number: number) => Promise<unknown>): Promise<number> => {
    for (let number = 0; number < WARM_UP; number += 1) await act(number);
    const before = taken();
    for (let number = WARM_UP; number < times + WARM_UP; number += 1) await act(number);
    return (taken() - before) / times;
  };

  try {
    const ids: string[] = [];
    const submit = async (number: number): Promise<void> => {
      const submission = submissionOf(number);
      ids.push((await services.submitProject({ visitor: desk.parts.newId(), submission })).project.id);
    };
    const [empty, emptyFiles] = [await recordsOf(store), await filesOf(dataDir)];
    const free = await usedMemory(redis);
    const submission = await cost(PROJECTS, submit);
    const [full, fullFiles] = [await recordsOf(store), await filesOf(dataDir)];
    const all = PROJECTS + WARM_UP;
    const owed = await store.deliveries.due(NOW, 10 * all);
    const perEmail = ((await usedMemory(redis)) - free) / owed.length;

    const token = await desk.parts.links.create({ purpose: 'follow-up', project: ids[0] ?? '' }, NOW);
    const open = (address: string) => async (): Promise<void> => {
      const answer = await fetch(base + address);
      await answer.text();
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    };
    const home = await cost(PAGES, open(paths.home()));
    const followUp = await cost(PAGES, open(paths.followUp(token)));
    const email = await cost(owed.length - WARM_UP, (number) => services.sendDelivery(owed[number] ?? ''));

    const sent = sumOf(await recordsOf(store));

    const grown = [...full]
      .map(([name, bytes]) => ({ name, bytes: (bytes - (empty.get(name) ?? 0)) / all }))
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes);
    return [
      row('store: a project just sent, all records', (sumOf(full) - sumOf(empty)) / all, 'bytes'),
      ...grown.map(({ name, bytes }) => row(`store: of it, ${name}`, bytes, 'bytes')),
      row('store: the same on the disk, with indexes', (fullFiles - emptyFiles) / all, 'bytes'),
      row('store: what sending adds to an e-mail', (sent - sumOf(full)) / owed.length, 'bytes'),
      row('Redis: an e-mail that waits', perEmail, 'bytes'),
      row('processor: a submission', submission, 'ms'),
      row('processor: the home page', home, 'ms'),
      row('processor: the holder’s page', followUp, 'ms'),
      row('processor: an e-mail, up to the mail server', email, 'ms'),
      row('machine: load beside, last minute', loadavg()[0] ?? 0, 'processes'),
    ];
  } finally {
    server.close();
    server.closeAllConnections();
    redis.disconnect();
    await desk.close();
    await Promise.all([embedded.stop(), conveyor.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  }
};
