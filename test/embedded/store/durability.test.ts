import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { runningStore } from '../../../src/embedded/store/address.js';
import { serveStore } from '../../../src/embedded/store/serve.js';
import { startStore } from '../../../src/embedded/store/startStore.js';
import { logger } from '../../../src/logger.js';

/** The compiled entry, which `npm test` builds first. */
const MAIN = path.join(__dirname, '../../../dist/src/embedded/store/main.js');

let dataDir: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  logger.level = 'warn';
  dataDir = await mkdtemp(path.join(tmpdir(), 'porte-store-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

async function start() {
  const store = await startStore({ dataDir, script: MAIN });
  children.push(store.process);
  return store;
}

async function withCollection<T>(
  uri: string,
  use: (docs: ReturnType<mongoose.mongo.Db['collection']>) => Promise<T>,
): Promise<T> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 2000 }).asPromise();
  try {
    return await use(connection.db!.collection('docs'));
  } finally {
    await connection.close();
  }
}

const storeFile = () => path.join(dataDir, 'store.json');

test('documents, indexes and their order outlive an orderly restart', async () => {
  const before = await serveStore({ dataDir });
  await withCollection(before.uri, async (docs) => {
    await docs.createIndex({ n: 1 }, { unique: true, partialFilterExpression: { live: true } });
    await docs.insertMany([{ n: 3, live: true }, { n: 1 }, { n: 2 }]);
    await docs.deleteOne({ n: 1 });
    await docs.updateOne({ n: 3 }, { $set: { at: new Date(5) } });
    await docs.db.collection('dropped').insertOne({});
    await docs.db.collection('dropped').drop();
  });
  await before.stop();
  expect(existsSync(storeFile())).toBe(false);
  const after = await serveStore({ dataDir });
  await withCollection(after.uri, async (docs) => {
    await docs.insertOne({ n: 4 });
    expect(await docs.find({}, { projection: { _id: 0 } }).toArray()).toEqual([
      { n: 3, live: true, at: new Date(5) },
      { n: 2 },
      { n: 4 },
    ]);
    await expect(docs.insertOne({ n: 3, live: true })).rejects.toMatchObject({ code: 11000 });
    expect((await docs.db.listCollections().toArray()).map(({ name }) => name)).toEqual(['docs']);
  });
  await after.stop();
});

test('after SIGKILL in the middle of inserts every acknowledged document is there', async () => {
  const killed = await start();
  const acknowledged: number[] = [];
  const connection = await mongoose.createConnection(killed.uri, { serverSelectionTimeoutMS: 500 }).asPromise();
  const docs = connection.db!.collection('docs');
  await docs.createIndex({ n: 1 }, { unique: true });
  let next = 0;
  const writers = Array.from({ length: 20 }, async () => {
    for (;;) {
      const n = next++;
      const done = await docs.insertOne({ n }).then(
        () => true,
        () => false,
      );
      if (!done) return;
      acknowledged.push(n);
    }
  });
  while (acknowledged.length < 500) await new Promise((later) => setTimeout(later, 20));
  killed.process.kill('SIGKILL');
  await Promise.all(writers);
  await connection.close();
  const again = await start();
  const present = await withCollection(again.uri, (found) => found.distinct('n'));
  expect(acknowledged.length).toBeGreaterThanOrEqual(500);
  expect(acknowledged.filter((n) => !present.includes(n))).toEqual([]);
  await again.stop();
});

test('a second store on the same directory is refused, and says why', async () => {
  const first = await start();
  expect(JSON.parse(await readFile(storeFile(), 'utf8'))).toEqual({ uri: first.uri, pid: first.process.pid });
  expect(await runningStore(dataDir)).toEqual({ uri: first.uri, pid: first.process.pid });
  await expect(start()).rejects.toThrow(`Another store (process ${first.process.pid}) already serves ${dataDir}`);
  await withCollection(first.uri, (docs) => docs.insertOne({}));
  await first.stop();
  expect(existsSync(storeFile())).toBe(false);
});

test('what a crash left behind is taken over', async () => {
  const killed = await start();
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  expect(existsSync(storeFile())).toBe(true);
  expect(await runningStore(dataDir)).toBeNull();
  const outcomes = await Promise.allSettled([start(), start(), start()]);
  const served = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(served).toHaveLength(1);
  expect(await runningStore(dataDir)).toMatchObject({ uri: served[0]!.value.uri });
  await served[0]!.value.stop();
});

test('a process number that lives again, or a file that is not JSON, is no running store', async () => {
  await writeFile(storeFile(), JSON.stringify({ uri: 'mongodb://127.0.0.1:1/porte', pid: process.pid }));
  expect(await runningStore(dataDir)).toBeNull();
  await writeFile(storeFile(), '{ not JSON');
  expect(await runningStore(dataDir)).toBeNull();
  await (await start()).stop();
});

test('the store leaves on SIGTERM, and by itself when its parent is gone', async () => {
  const alone = spawn(process.execPath, [MAIN, '--data-dir', dataDir], { stdio: 'ignore' });
  children.push(alone);
  while (!existsSync(storeFile())) await new Promise((later) => setTimeout(later, 20));
  alone.kill('SIGINT');
  expect(await once(alone, 'exit')).toEqual([0, null]);
  const forked = fork(MAIN, ['--data-dir', dataDir], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  children.push(forked);
  await once(forked, 'message');
  forked.kill('SIGINT');
  forked.disconnect();
  expect(await once(forked, 'exit')).toEqual([0, null]);
  expect(existsSync(storeFile())).toBe(false);
});

test('without a directory it says so in one sentence', async () => {
  const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toBe('The store needs --data-dir DIR.\n');
});
