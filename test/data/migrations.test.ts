import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buildIndexes } from '../../src/data/migrations/buildIndexes.js';
import { type MigrateOptions, type Migrations, migrationsOn } from '../../src/data/migrations/migrate.js';
import type { Migration } from '../../src/data/migrations/migration.js';
import { openStore, type Store } from '../../src/data/store.js';
import { until } from '../support/startProcesses.js';
import { startTestStore } from '../support/startStore.js';

/** Rows that a made-up migration goes through, and how many at a time. */
const ROWS = 60;
const AT_A_TIME = 10;
/** How long, in milliseconds, a dead process keeps the lock here. */
const PATIENCE = 500;

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let stores: Store[];
beforeEach(async () => {
  embedded = await startTestStore();
  stores = await Promise.all([openStore(embedded.uri), openStore(embedded.uri)]);
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await embedded.stop();
});

const store = (): Store => stores[0] as Store;
const rows = () => store().connection.collection<{ _id: number; seen?: number }>('rows');
const fill = () => rows().insertMany(Array.from({ length: ROWS }, (_, _id) => ({ _id })));
const runs = (): Promise<number[]> =>
  rows()
    .find({}, { sort: { _id: 1 } })
    .map(({ seen }) => seen ?? 0)
    .toArray();

/** Counts how often each row was seen; `between` is called after each batch. */
const countRows = (between: (place: number) => Promise<void> | void = () => undefined): Migration => ({
  id: '0001-countRows',
  run: async ({ connection, place, keepPlace }) => {
    for (let from = Number(place ?? 0); from < ROWS; from += AT_A_TIME) {
      const batch = { _id: { $gte: from, $lt: from + AT_A_TIME } };
      await connection.collection<{ _id: number }>('rows').updateMany(batch, { $inc: { seen: 1 } });
      await keepPlace(String(from + AT_A_TIME));
      await between(from + AT_A_TIME);
    }
  },
});

const made = (of: Store | undefined, ...migrations: Migration[]): Migrations =>
  migrationsOn((of as Store).connection, migrations);
const quick: MigrateOptions = { patience: PATIENCE };

describe('the indexes', () => {
  const defined = (): string[] =>
    Object.values(store().connection.models).flatMap(({ collection, schema }) =>
      schema.indexes().map(([key]) => `${collection.name} ${JSON.stringify(key)}`),
    );
  const there = async (): Promise<string[]> => {
    const names = (await store().connection.listCollections()).map(({ name }) => name);
    const each = await Promise.all(names.map((name) => store().connection.collection(name).indexes()));
    return each.flatMap((found, place) => found.map(({ key }) => `${names[place]} ${JSON.stringify(key)}`));
  };

  it('are not built by opening the store, but by its first migration', async () => {
    expect(await store().connection.listCollections()).toEqual([]);
    expect(await store().migrations.behind()).toEqual([expect.stringMatching(/^indexes-[0-9a-f]{12}$/)]);

    expect(await store().migrations.migrate()).toHaveLength(1);

    expect(await there()).toEqual(expect.arrayContaining(defined()));
    expect(await stores[1]?.migrations.behind()).toEqual([]);
    expect(await store().migrations.migrate()).toEqual([]);
  });

  it('come first again in a release that defines another one', async () => {
    await store().migrations.migrate();
    const { schema } = store().projects.model;
    const indexes = schema.indexes();
    schema.indexes = () => [...indexes, [{ madeUp: 1 }, {}]];
    try {
      expect(await store().migrations.behind()).toHaveLength(1);
      await store().migrations.migrate();
      expect(await there()).toContain('projects {"madeUp":1}');
    } finally {
      Reflect.deleteProperty(schema, 'indexes');
    }
    // The version before, which still runs, has all that it needs.
    expect(await store().migrations.behind()).toEqual([]);
  });

  it('that keep their documents for another time than before are told so; others that differ are named', async () => {
    await store().migrations.migrate();
    const sessions = store().connection.collection('sessions');
    const [timed] = (await sessions.indexes()).filter(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
    await sessions.dropIndex(timed?.name as string);
    await sessions.createIndex(timed?.key as Record<string, 1>, { expireAfterSeconds: 999 });
    await buildIndexes(store().connection).run();
    expect(await sessions.indexes()).toContainEqual(
      expect.objectContaining({ key: timed?.key, expireAfterSeconds: timed?.expireAfterSeconds }),
    );

    const views = store().connection.collection('savedViews');
    await views.dropIndexes();
    await views.createIndex({ account: 1, name: 1 });
    await expect(buildIndexes(store().connection).run()).rejects.toThrow(/index .*account.* of savedViews/);
  });
});

describe('a migration', () => {
  beforeEach(fill);

  it('is done once when two begin it together', async () => {
    const waited: string[] = [];
    const both = stores.map((each, place) =>
      made(each, countRows()).migrate({ ...quick, onWait: () => waited.push(`runner ${place}`) }),
    );
    const done = await Promise.all(both);
    expect(done.flat().sort()).toEqual(['0001-countRows', expect.stringMatching(/^indexes-/)]);
    expect(waited).toHaveLength(1);
    expect(await runs()).toEqual(Array(ROWS).fill(1));
  });

  it('that fails says why, keeps its place, and goes on from there', async () => {
    const failing = countRows((place) => {
      if (place === 30) throw new Error('the disk is full');
    });
    await expect(made(store(), failing).migrate(quick)).rejects.toThrow('0001-countRows: the disk is full');
    expect(await made(store(), countRows()).behind()).toEqual(['0001-countRows']);
    const line = () => store().migrations.ledger.model.findById('0001-countRows').lean();
    expect(await line()).toMatchObject({ failedBecause: 'the disk is full', place: '30', finishedAt: null });

    expect(await made(store(), countRows()).migrate(quick)).toEqual(['0001-countRows']);
    expect(await line()).toMatchObject({ failedBecause: null, attempts: 2, finishedAt: expect.any(Date) });
    expect(await runs()).toEqual(Array(ROWS).fill(1));
  });

  it('stops when somebody else has taken it over while its process was asleep', async () => {
    const asleep = countRows(async (place) => {
      if (place === 20) await store().migrations.lock.model.updateOne({}, { $set: { owner: 'another' } });
    });
    await expect(made(store(), asleep).migrate(quick)).rejects.toThrow('another process has taken over');
    expect((await runs()).filter((seen) => seen === 0)).toHaveLength(ROWS - 3 * AT_A_TIME);
    // The lock is the other one's, and stays.
    expect(await store().migrations.lock.see()).toMatchObject({ owner: 'another' });
  });

  it('keeps its lock however long it takes, as long as its process lives', async () => {
    const slow = countRows(async (place) => {
      if (place === 10) await new Promise((later) => setTimeout(later, 3 * PATIENCE));
    });
    const first = made(store(), slow).migrate(quick);
    await until('the migration', async () => (await runs())[0] === 1);
    expect(await made(stores[1], countRows()).migrate(quick)).toEqual([]);
    expect(await first).toHaveLength(2);
    expect(await runs()).toEqual(Array(ROWS).fill(1));
  });
});

describe('a process killed in the middle of a migration', () => {
  let child: ChildProcess;
  beforeEach(async () => {
    await fill();
    const settings = { ...process.env, MONGODB_URL: embedded.uri, ROWS: String(ROWS), AT_A_TIME: String(AT_A_TIME) };
    child = fork(path.join(__dirname, '../support/migratingProcess.mjs'), { env: settings });
  });

  it('leaves it to the next, which goes on from its place', async () => {
    await once(child, 'message');
    const reached = (await runs()).filter((seen) => seen > 0).length;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    expect(reached).toBeGreaterThanOrEqual(AT_A_TIME);
    expect(reached).toBeLessThan(ROWS);
    expect(await store().migrations.lock.see()).not.toBeNull();

    const began = performance.now();
    expect(await made(store(), countRows()).migrate(quick)).toEqual(['0001-countRows']);
    expect(performance.now() - began).toBeGreaterThan(PATIENCE);

    const seen = await runs();
    expect(Math.min(...seen)).toBe(1);
    // The batch in which it died, and no other, may be done twice: migrations are written so that this harms nothing.
    expect(seen.filter((times) => times > 1).length).toBeLessThanOrEqual(AT_A_TIME);
    expect(await store().migrations.lock.see()).toBeNull();
  });
});
