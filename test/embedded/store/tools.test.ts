import { Long } from 'bson';
import { connectToTestStore } from './connect.js';
import { flags, message, openRaw, openSocket } from './rawClient.js';

/** What shells and dump tools send, in the order in which they send it. */
let store: Awaited<ReturnType<typeof connectToTestStore>>;
let raw: Awaited<ReturnType<typeof openRaw>>;
beforeAll(async () => {
  store = await connectToTestStore();
  raw = await openRaw(store.uri);
  const projects = store.collection('projects');
  await projects.insertMany(Array.from({ length: 250 }, (_, i) => ({ _id: (250 - i) as never, i })));
  await projects.createIndex({ i: 1 }, { unique: true });
  await store.connection.db!.createCollection('late', {
    viewOn: 'projects',
    pipeline: [{ $match: { i: { $gt: 9 } } }],
  });
});
afterAll(async () => {
  raw.close();
  await store.close();
});

test('a shell finds what it asks at its start', async () => {
  const asked = [
    { hello: 1 },
    { buildInfo: 1 },
    { getParameter: 1, featureCompatibilityVersion: 1 },
    { getLog: 'startupWarnings' },
    { getCmdLineOpts: 1 },
    { hostInfo: 1 },
    { serverStatus: 1 },
    { connectionStatus: 1 },
    { replSetGetStatus: 1 },
    { listDatabases: 1, nameOnly: true },
  ];
  for (const command of asked) expect(await raw.command({ ...command, $db: 'admin' })).toMatchObject({ ok: 1 });
  expect(await raw.command({ atlasVersion: 1, $db: 'admin' })).toMatchObject({ ok: 0, code: 59 });
  expect(await raw.command({ dbStats: 1, $db: 'porte' })).toMatchObject({ collections: 1, views: 1, objects: 250 });
});

test('a dump reads every database, collection, index and document', async () => {
  const { databases } = (await raw.command({ listDatabases: 1, $db: 'admin' })) as { databases: { name: string }[] };
  expect(databases.map(({ name }) => name)).toEqual(['porte']);
  const listed = await raw.command({ listCollections: 1, cursor: {}, $db: 'porte' });
  expect(listed['cursor']).toMatchObject({
    firstBatch: [
      { name: 'projects', type: 'collection', options: {}, info: { readOnly: false }, idIndex: { name: '_id_' } },
      { name: 'late', type: 'view', options: { viewOn: 'projects' }, info: { readOnly: true } },
    ],
  });
  const indexes = await raw.command({ listIndexes: 'projects', cursor: {}, $db: 'porte' });
  expect(indexes['cursor']).toMatchObject({ firstBatch: [{ name: '_id_' }, { v: 2, name: 'i_1', unique: true }] });
  expect(await raw.command({ collStats: 'projects', $db: 'porte' })).toMatchObject({ count: 250, nindexes: 2 });
  expect(await readAll({ hint: { _id: 1 } })).toEqual(Array.from({ length: 250 }, (_, i) => i + 1));
  expect(await readAll({ hint: { $natural: 1 } })).toEqual(Array.from({ length: 250 }, (_, i) => 250 - i));
});

async function readAll(options: Record<string, unknown>): Promise<unknown[]> {
  type Reply = { cursor: { id: Long | number; firstBatch?: { _id: number }[]; nextBatch?: { _id: number }[] } };
  const ids: number[] = [];
  const command = { find: 'projects', filter: {}, noCursorTimeout: true, ...options, $db: 'porte' };
  let { cursor } = (await raw.command(command)) as unknown as Reply;
  for (;;) {
    for (const { _id } of cursor.firstBatch ?? cursor.nextBatch ?? []) ids.push(_id);
    if (Number(cursor.id) === 0) return ids;
    const getMore = Long.fromValue(cursor.id as Long);
    ({ cursor } = (await raw.command({ getMore, collection: 'projects', $db: 'porte' })) as unknown as Reply);
  }
}

test('an old greeting, by OP_QUERY, tells of the set', async () => {
  const socket = await openSocket(store.uri);
  const { serialize } = await import('bson');
  const numbers = Buffer.from([0, 0, 0, 0, 255, 255, 255, 255]);
  socket.write(message(2004, flags(0), Buffer.from('admin.$cmd\0'), numbers, serialize({ isMaster: 1 })));
  const [answer] = await new Promise<Buffer[]>((done) => socket.once('data', (...chunks: Buffer[]) => done(chunks)));
  expect(answer!.readInt32LE(12)).toBe(1);
  expect(answer!.toString('latin1')).toContain('setName');
  socket.destroy();
});
