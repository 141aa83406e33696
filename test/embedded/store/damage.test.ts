import { copyFile, mkdtemp, open, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { serveStore } from '../../../src/embedded/store/serve.js';
import { logger } from '../../../src/logger.js';

let dataDir: string;
beforeEach(async () => {
  logger.level = 'error';
  dataDir = await mkdtemp(path.join(tmpdir(), 'porte-store-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const file = () => path.join(dataDir, 'store', 'data.mdb');
const note = () => path.join(dataDir, 'store', 'closed.json');

async function withStore<T>(
  directory: string,
  use: (db: mongoose.mongo.Db, serving: Awaited<ReturnType<typeof serveStore>>) => Promise<T>,
): Promise<T> {
  const serving = await serveStore({ dataDir: directory, flush: false, sweepEvery: null });
  const connection = await mongoose.createConnection(serving.uri, { serverSelectionTimeoutMS: 2000 }).asPromise();
  try {
    return await use(connection.db!, serving);
  } finally {
    await connection.close();
    await serving.stop();
  }
}

async function fill(count = 300): Promise<void> {
  await withStore(dataDir, async (db) => {
    const docs = db.collection('docs');
    await docs.createIndex({ n: 1 });
    await docs.insertMany(Array.from({ length: count }, (_, n) => ({ n, text: `document ${n} `.repeat(20) })));
    await docs.insertOne({ large: 'z'.repeat(50_000) });
  });
}

/** Changes a byte wherever these are: LMDB leaves earlier versions of a page lying about. */
async function spoil(text: string): Promise<void> {
  const handle = await open(file(), 'r+');
  const bytes = await handle.readFile();
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) bytes[at + 3] = 0x23;
  await handle.write(bytes, 0, bytes.length, 0);
  await handle.close();
}

test.each([
  ['a document', 'document 123 '],
  ['a long document', 'z'.repeat(1000)],
  ['the description of a collection', 'docs'],
])('%s that was altered between two runs is told at the start', async (_, text) => {
  await fill();
  await copyFile(file(), `${file()}.kept`);
  await spoil(text);
  await expect(serveStore({ dataDir })).rejects.toThrow(
    /^The store's file is damaged: .*restore a backup in its place, .*\.$/,
  );
  // As after a crash, when nothing was noted of how the file should be.
  await rm(note());
  await expect(serveStore({ dataDir })).rejects.toThrow("The store's file is damaged");
  await copyFile(`${file()}.kept`, file());
  await withStore(dataDir, async (db) => expect(await db.collection('docs').countDocuments()).toBe(301));
});

test('a file that was cut, or is none of ours, is told at the start', async () => {
  await fill();
  const { size } = await stat(file());
  await copyFile(file(), `${file()}.kept`);
  await truncate(file(), size / 2);
  await expect(serveStore({ dataDir })).rejects.toThrow(/damaged: it ends before page \d+\. Nothing was changed/);
  await writeFile(file(), 'x'.repeat(10_000));
  await expect(serveStore({ dataDir })).rejects.toThrow('damaged: its first pages are not those of a store');
  await copyFile(`${file()}.kept`, file());
  await withStore(dataDir, async (db) => expect(await db.command({ validate: 'docs' })).toMatchObject({ valid: true }));
});

test('any page that is overwritten is told at the start, and no page brings the process down', async () => {
  await fill();
  const { size } = await stat(file());
  await copyFile(file(), `${file()}.kept`);
  let refused = 0;
  for (let page = 2; page < size / 4096; page += 3) {
    await copyFile(`${file()}.kept`, file());
    const handle = await open(file(), 'r+');
    await handle.write(Buffer.alloc(4096, page), 0, 4096, page * 4096);
    await handle.close();
    // A page that is not in use may hold anything.
    await withStore(dataDir, async (db) => {
      expect(await db.command({ validate: 'docs' })).toMatchObject({ valid: true, nrecords: 301 });
    }).catch((error: Error) => {
      expect(error.message).toContain("The store's file is damaged");
      refused++;
    });
  }
  expect(refused).toBeGreaterThan(10);
});

test('a copy made while others write is a store of its own', async () => {
  await fill();
  const copied = path.join(dataDir, 'copy');
  await withStore(dataDir, async (db, serving) => {
    const docs = db.collection('docs');
    const writing = Array.from({ length: 50 }, (_, i) => docs.insertOne({ n: 1000 + i }));
    await writing[10];
    await serving.copyTo(copied);
    await Promise.all(writing);
    await withStore(copied, async (other) => {
      expect(await other.command({ validate: 'docs' })).toMatchObject({ valid: true, errors: [] });
      const count = await other.collection('docs').countDocuments();
      expect(count).toBeGreaterThanOrEqual(302);
      await other.collection('docs').insertOne({ n: -1 });
    });
    expect(await docs.countDocuments({ n: -1 })).toBe(0);
    expect(await docs.countDocuments()).toBe(351);
  });
});
