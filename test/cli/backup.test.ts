import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Binary, type Db, Decimal128, Double, Int32, Long, MongoClient, ObjectId } from 'mongodb';
import { writeBackup } from '../../src/data/backup/writeBackup.js';
import { newId, newReference } from '../../src/data/records.js';
import type { Store } from '../../src/data/store.js';
import { loadDemonstrationFile, loadExamples, loadRules, loadTerritory } from '../../src/data/territoryFiles.js';
import { loadDemonstration } from '../../src/services/demonstration/loadDemonstration.js';
import { openMigrated } from '../support/openMigrated.js';
import { runDesk } from '../support/runDesk.js';
import { startTestStore } from '../support/startStore.js';

const folder = mkdtempSync(path.join(tmpdir(), 'desk-backup-'));
const file = path.join(folder, 'sauvegarde.gz');
const clock = { now: new Date() };
let from: Awaited<ReturnType<typeof startTestStore>>;
let to: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
let client: MongoClient;
let target: MongoClient;

/** Where it is restored: another embedded store, or a MongoDB server whose database may be emptied. */
const targetUri = (): string => process.env['MONGODB_URL_TEST'] ?? to.uri;

beforeAll(async () => {
  [from, to] = [await startTestStore(() => clock.now), await startTestStore()];
  [store, client, target] = [
    await openMigrated(from.uri),
    await MongoClient.connect(from.uri),
    await MongoClient.connect(targetUri()),
  ];
  const files = {
    territory: loadTerritory(),
    examples: loadExamples(),
    firstRules: loadRules(),
    demonstration: loadDemonstrationFile(),
  };
  const parts = { ...store, ...files, newId, newReference };
  await loadDemonstration(parts as never, { until: new Date(), password: () => 'a long enough password', size: 12 });
  await client.db().collection('sessions').insertOne({ session: 'of somebody' });
  await client
    .db()
    .collection('ofLaterVersions')
    .insertMany([
      { int: new Int32(1), long: Long.fromNumber(1), double: new Double(1), decimal: Decimal128.fromString('1.10') },
      {
        id: new ObjectId(),
        at: new Date(1),
        bytes: new Binary(Buffer.from('a')),
        like: /a/i,
        none: null,
        in: { b: 1, a: [] },
      },
    ]);
  await client.db().collection('ofLaterVersions').createIndex({ at: 1 }, { expireAfterSeconds: 1e9 });
});
afterAll(async () => {
  await Promise.all([client.close(), target.close(), store.close()]);
  await Promise.all([from.stop(), to.stop()]);
  rmSync(folder, { recursive: true });
});

/** Every document, byte by byte, by collection. */
const contentOf = async (db: Db): Promise<Record<string, string[]>> => {
  const names = (await db.listCollections().toArray()).map(({ name }) => name).filter((name) => name !== 'sessions');
  const rows = names.map(async (name) => {
    const documents = await db.collection(name).find({}, { raw: true }).toArray();
    return [name, documents.map((one) => (one as unknown as Buffer).toString('hex')).sort()] as const;
  });
  return Object.fromEntries((await Promise.all(rows)).filter(([, documents]) => documents.length > 0));
};

const backup = () => runDesk(['backup', file], { MONGODB_URL: from.uri });
const restore = (which: string, ...more: string[]) =>
  runDesk(['restore', which, ...more], { MONGODB_URL: targetUri() });

test('a backup put back elsewhere gives every document as it was, and figures that hold', async () => {
  const written = await backup();
  expect([written.status, written.stderr]).toEqual([0, '']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['sauvegarde.gz']);
  const restored = await restore(file, '--replace');
  expect([restored.status, restored.stderr]).toEqual([0, '']);
  expect(restored.stdout).toContain(` ${await client.db().collection('projects').countDocuments()}  projects\n`);
  const content = await contentOf(client.db());
  expect(content['ofLaterVersions']).toHaveLength(2);
  expect(await contentOf(target.db())).toEqual(content);
  expect(await target.db().collection('sessions').countDocuments()).toBe(0);
  for (const name of Object.keys(content))
    expect(await target.db().collection(name).indexes()).toEqual(await client.db().collection(name).indexes());
  const verified = await runDesk(['verify'], { MONGODB_URL: targetUri() });
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('Aucune différence')]);
});

test('a store that holds something is emptied only when told', async () => {
  const before = await contentOf(target.db());
  const { status, stderr } = await restore(file);
  expect([status, stderr]).toEqual([2, expect.stringContaining('n’est pas vide')]);
  expect(await contentOf(target.db())).toEqual(before);
  await target.db().collection('stray').insertOne({});
  expect((await restore(file, '--replace')).status).toBe(0);
  expect(await contentOf(target.db())).toEqual(await contentOf(client.db()));
});

test('what is cut, altered or no backup is refused before anything is written', async () => {
  const before = await contentOf(target.db());
  const copy = path.join(folder, 'copy.gz');
  const bytes = readFileSync(file);
  const altered = Buffer.from(bytes);
  altered[Math.floor(bytes.length / 2)]! ^= 1;
  const plain = gunzipSync(bytes);
  plain[Math.floor(plain.length / 2)]! ^= 1;
  const bad: [Buffer, string][] = [
    [altered, 'altéré'],
    [gzipSync(plain), 'altéré'],
    [bytes.subarray(0, bytes.length - 1), 'coupé'],
    [gzipSync(gunzipSync(bytes).subarray(0, 10_000)), 'coupé'],
    [Buffer.from('something else'), 'n’est pas une sauvegarde'],
  ];
  for (const [content, word] of bad) {
    writeFileSync(copy, content);
    const { status, stderr } = await restore(copy, '--replace');
    expect([status, stderr]).toEqual([2, expect.stringContaining(word)]);
  }
  copyFileSync(file, copy);
  truncateSync(copy, 0);
  expect((await restore(copy, '--replace')).status).toBe(2);
  expect(await contentOf(target.db())).toEqual(before);
});

describe('while others write', () => {
  let stopped = false;
  let written = 0;
  /** A pair in two collections that are read far apart, the second after the first, as an event follows its referral. */
  const writeOn = async (): Promise<void> => {
    for (; !stopped; written += 1) {
      await client.db().collection<{ _id: number }>('aPairs').insertOne({ _id: written });
      await client
        .db()
        .collection<{ _id: number }>('events')
        .insertOne({ _id: written, recordedAt: new Date(0) } as never);
    }
  };

  test('it holds one instant, or says that it does not', async () => {
    const filler = Array.from({ length: 20_000 }, (_, i) => ({ i, text: `${i}-`.repeat(150) }));
    for (let start = 0; start < filler.length; start += 2000)
      await client
        .db()
        .collection('many')
        .insertMany(filler.slice(start, start + 2000));
    const writing = writeOn();
    const about = { application: 'test', at: new Date() };
    const one = await writeBackup(store.connection)(file, about);
    expect([one.isOneInstant, one.counts['many']]).toEqual([true, 20_000]);
    expect((await restore(file, '--replace')).status).toBe(0);
    const db = target.db();
    expect(one.counts['aPairs'] ?? 0).toBe(await db.collection('aPairs').countDocuments());
    const pairs = await db.collection('aPairs').countDocuments();
    const followed = await db.collection('events').countDocuments({ recordedAt: new Date(0) });
    expect([0, 1]).toContain(pairs - followed);
    expect(await db.collection('aPairs').countDocuments()).toBeLessThan(written);

    // A transaction that outlives its minute is ended by the store: the rest is read one collection after the other.
    const late = setInterval(() => {
      clock.now = new Date(clock.now.getTime() + 61_000);
      from.sweep();
    }, 20);
    const other = await writeBackup(store.connection)(file, about);
    clearInterval(late);
    stopped = true;
    await writing;
    expect([other.isOneInstant, other.counts['many']]).toEqual([false, 20_000]);
    expect((await restore(file, '--replace')).status).toBe(0);
  });
});

test('memory does not grow with what is written', async () => {
  const hook = path.join(folder, 'peak.cjs');
  writeFileSync(hook, `process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))`);
  const peakOf = async (): Promise<number> => {
    const settings = { MONGODB_URL: from.uri, NODE_OPTIONS: `--require ${hook}` };
    const { status, stderr } = await runDesk(['backup', file], settings);
    expect(status).toBe(0);
    return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
  };
  const large = client.db().collection('large');
  const small = await peakOf();
  const text = 'words '.repeat(1000);
  for (let start = 0; start < 20_000; start += 2000)
    await large.insertMany(Array.from({ length: 2000 }, (_, i) => ({ i: start + i, text })));
  // It writes 120 MB.
  expect((await peakOf()) - small).toBeLessThan(110);
});

test('says what it cannot do', async () => {
  for (const [args, words] of [
    [['backup'], 'donnez le nom'],
    [['backup', path.join(folder, 'nowhere', 'x')], 'ne peut pas être écrit'],
    [['restore', path.join(folder, 'missing')], 'n’existe pas'],
    [['restore', file, '--other'], 'une option'],
  ] as const) {
    const { status, stderr } = await runDesk([...args], { MONGODB_URL: from.uri });
    expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
  }
});
