import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { startWorker } from '../../jobs/worker.js';
import { startStore } from '../../src/embedded/store/startStore.js';
import { limitFiles, redisWithoutSignal } from '../support/fileLimit.js';
import { CUTLER, fillIn, sendProject } from '../support/fillIn.js';
import { openDoor } from '../support/staff.js';
import { startDesk } from '../support/startDesk.js';
import { until } from '../support/startProcesses.js';
import { startRedis } from '../support/startRedis.js';

const STORE = path.resolve(__dirname, '../../dist/src/embedded/store/main.js');
const KILOBYTE = 1024;

describe('the disk of the store, almost full', () => {
  it('refuses what cannot be written with a page that keeps it, goes on reading, and takes it once there is room', async () => {
    const disk = { free: Number.POSITIVE_INFINITY };
    const desk = await startDesk({ as: 'web', free: () => disk.free });
    const door = await openDoor(desk);
    try {
      const sent = await sendProject(door.visitor());
      const late = door.visitor();
      const other = { ...CUTLER['contact'], email: 'dominique@example.org' };
      const check = await fillIn(late, { ...CUTLER, contact: other });

      disk.free = 0;
      const refused = await late.send(check, {});
      expect(refused.status).toBe(503);
      expect(refused.html.querySelector('main form[method="post"]')).not.toBeNull();
      const read = await door.visitor().open(sent.url);
      expect([read.status, read.text.includes('TILTAM')]).toEqual([200, true]);
      await expect(desk.parts.marks.write('anything', 'at all')).rejects.toThrow();
      expect(await desk.parts.projects.model.countDocuments()).toBe(1);

      disk.free = Number.POSITIVE_INFINITY;
      const receipt = await late.send(refused, {});
      expect([receipt.status, receipt.text.includes('TILTAM')]).toEqual([200, true]);
      expect(await desk.parts.projects.model.countDocuments()).toBe(2);
    } finally {
      await door.close();
      await desk.stop();
    }
  });
});

describe('a disk that refuses a write half way', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'full-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('ends the store, which says so; all that it acknowledged is there at the next start', async () => {
    const store = await startStore({ dataDir, script: STORE });
    let said = '';
    store.process.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const client = await MongoClient.connect(store.uri, { serverSelectionTimeoutMS: 1000 });
    const docs = client.db().collection<{ _id: number; pad: string }>('kept');
    const acknowledged = new Set<number>();
    const insert = async (_id: number): Promise<void> => {
      await docs.insertOne({ _id, pad: String(_id).repeat(500) });
      acknowledged.add(_id);
    };
    await insert(0);
    const { size } = await stat(path.join(dataDir, 'store/data.mdb'));
    await limitFiles(store.process.pid ?? 0, size + 200 * KILOBYTE);
    // Several at a time: no answer must come from what follows the commit that failed.
    const writers = Array.from({ length: 12 }, async (_, writer) => {
      for (let _id = writer + 1; ; _id += 12) await insert(_id);
    });
    await Promise.allSettled(writers);
    await store.lost;
    await client.close(true);
    expect(said).toContain('the disk cannot be written');

    const again = await startStore({ dataDir, script: STORE });
    const reader = await MongoClient.connect(again.uri);
    const found = reader.db().collection<{ _id: number; pad: string }>('kept');
    const there = new Set((await found.find().toArray()).map(({ _id }) => _id));
    expect([...acknowledged].filter((id) => !there.has(id))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(20);
    expect(await reader.db().command({ validate: 'kept' })).toMatchObject({ valid: true });
    await found.insertOne({ _id: 1_000_000, pad: '' });
    await reader.close();
    await again.stop();
  });
});

describe('the disk of Redis, full', () => {
  it('holds e-mails back, and no submission; they leave once there is room, without a restart', async () => {
    const folder = await redisWithoutSignal();
    const redis = await startRedis({ folders: [folder] });
    const desk = await startDesk({ mailbox: true, settings: { REDIS_URL: redis.url } });
    const door = await openDoor(desk);
    const pid = await redis.pid();
    await limitFiles(pid, 1);
    const worker = startWorker(desk.services, { redisUrl: redis.url });
    try {
      const receipt = await sendProject(door.visitor());
      expect([receipt.status, receipt.text.includes('TILTAM')]).toEqual([200, true]);
      await until('Redis refusing', async () => !(await desk.services.sweep()).queued);
      expect(desk.mailbox?.messages()).toEqual([]);

      await limitFiles(pid, null);
      await until('Redis taking', async () => (await desk.services.sweep()).queued);
      const receipts = () =>
        desk.mailbox?.messages().filter(({ to }) => to[0]?.address === 'camille@example.org') ?? [];
      await until('the receipt', () => receipts().length > 0, 60);
      expect(receipts()).toHaveLength(1);
      expect(await redis.pid()).toBe(pid);
    } finally {
      await worker.close();
      await door.close();
      await desk.stop();
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
