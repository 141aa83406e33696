import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Binary, Long } from 'bson';
import type { ClientSession, MongoClient } from 'mongodb';
import { serveStore } from '../../../src/embedded/store/serve.js';
import { connectToTestStore } from './connect.js';
import { type Fields, openRaw } from './rawClient.js';

let now = new Date();
let store: Awaited<ReturnType<typeof connectToTestStore>>;
let client: MongoClient;
beforeAll(async () => {
  store = await connectToTestStore(() => now);
  client = store.connection.getClient() as unknown as MongoClient;
});
afterAll(() => store.close());

interface Row {
  _id: number | string;
  n?: number;
  m?: number;
  mail?: string;
  balance?: number;
  from?: number;
  to?: number;
  large?: string;
}

let made = 0;
/** A collection with these documents, and none of another test's. */
async function filled(...documents: Row[]) {
  const collection = client.db().collection<Row>(`t${made++}`);
  if (documents.length > 0) await collection.insertMany(documents);
  return collection;
}

async function inSession<T>(act: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = client.startSession();
  try {
    return await act(session);
  } finally {
    await session.endSession();
  }
}

test('what a transaction writes is its own until it commits, then all see it at once', () =>
  inSession(async (session) => {
    const places = await filled({ _id: 1, n: 1 }, { _id: 2, n: 2 });
    await places.createIndex({ n: 1 });
    session.startTransaction();
    await places.insertOne({ _id: 3, n: 3 }, { session });
    await places.updateOne({ _id: 1 }, { $set: { n: 10 } }, { session });
    await places.deleteOne({ _id: 2 }, { session });
    const own = await places.find({ n: { $gt: 1 } }, { session, sort: { n: -1 } }).toArray();
    expect(own.map(({ _id }) => _id)).toEqual([1, 3]);
    expect(await places.countDocuments({}, { session })).toBe(2);
    expect(await places.distinct('n', {}, { session })).toEqual([10, 3]);
    expect((await places.find({ n: { $lt: 10 } }).toArray()).map(({ _id }) => _id)).toEqual([1, 2]);
    await session.commitTransaction();
    expect((await places.find({}, { sort: { n: 1 } }).toArray()).map(({ _id }) => _id)).toEqual([3, 1]);
    expect(await places.estimatedDocumentCount()).toBe(2);
    expect(await client.db().command({ validate: places.collectionName })).toMatchObject({ valid: true });
  }));

test('what is aborted never was', () =>
  inSession(async (session) => {
    const places = await filled({ _id: 1 });
    session.startTransaction();
    await places.insertMany([{ _id: 2 }, { _id: 3 }], { session });
    await places.deleteOne({ _id: 1 }, { session });
    await client.db().createCollection(`${places.collectionName}new`, { session });
    await session.abortTransaction();
    expect(await places.find().toArray()).toEqual([{ _id: 1 }]);
    expect(
      await client
        .db()
        .listCollections({ name: `${places.collectionName}new` })
        .toArray(),
    ).toEqual([]);
  }));

test('a transaction goes on reading what was there when it began, page by page', () =>
  inSession(async (session) => {
    const places = await filled(...[1, 2, 3, 4, 5].map((_id) => ({ _id, n: 0 })));
    session.startTransaction();
    const cursor = places.find({}, { session, batchSize: 2 });
    expect(await cursor.next()).toMatchObject({ _id: 1 });
    await places.updateMany({}, { $set: { n: 1 } });
    await places.deleteOne({ _id: 5 });
    await places.insertOne({ _id: 6, n: 1 });
    expect((await cursor.toArray()).map(({ _id, n }) => [_id, n])).toEqual([2, 3, 4, 5].map((_id) => [_id, 0]));
    expect(await places.aggregate([{ $group: { _id: null, n: { $sum: '$n' } } }], { session }).toArray()).toEqual([
      { _id: null, n: 0 },
    ]);
    await session.commitTransaction();
    expect(await places.countDocuments({ n: 1 })).toBe(5);
  }));

test('the first to write wins: another transaction is broken off, and may be tried again', () =>
  inSession((first) =>
    inSession(async (second) => {
      const places = await filled({ _id: 1, n: 0 });
      first.startTransaction();
      second.startTransaction();
      await places.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: first });
      await expect(places.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: second })).rejects.toMatchObject({
        code: 112,
        codeName: 'WriteConflict',
        errorLabels: ['TransientTransactionError'],
      });
      await expect(places.findOne({}, { session: second })).rejects.toMatchObject({ code: 251 });
      await first.commitTransaction();
      await expect(second.commitTransaction()).rejects.toMatchObject({ codeName: 'NoSuchTransaction' });
      expect(await places.findOne()).toEqual({ _id: 1, n: 1 });
    }),
  ));

test.each([
  [
    'changed a document',
    (places: Awaited<ReturnType<typeof filled>>) => places.updateOne({ _id: 1 }, { $set: { n: 5 } }),
  ],
  ['took the value of a unique key', (places) => places.insertOne({ _id: 7, mail: 'b' })],
  ['gave it another index', (places) => places.createIndex({ n: 1 })],
] as [string, (places: Awaited<ReturnType<typeof filled>>) => Promise<unknown>][])(
  'a transaction that began before a plain write %s cannot change the same',
  (_what, write) =>
    inSession(async (session) => {
      const places = await filled({ _id: 1, n: 0, mail: 'a' });
      await places.createIndex({ mail: 1 }, { unique: true });
      session.startTransaction();
      await places.findOne({}, { session });
      await write(places);
      await expect(places.updateOne({ _id: 1 }, { $set: { mail: 'b' } }, { session })).rejects.toMatchObject({
        code: 112,
      });
    }),
);

test('a plain write to what a transaction has changed waits until that has ended', () =>
  inSession(async (session) => {
    const places = await filled({ _id: 1, n: 0 }, { _id: 2, n: 0 });
    session.startTransaction();
    await places.updateOne({ _id: 2 }, { $set: { n: 1 } }, { session });
    await places.insertOne({ _id: 3, n: 0 }, { session });
    const told: string[] = [];
    const waiting = places.updateMany({}, { $inc: { n: 10 } }).then(() => told.push('update'));
    const inserting = places.insertOne({ _id: 3 }).catch(({ code }) => told.push(`insert ${code}`));
    const dropping = client.db().dropCollection(places.collectionName, { maxTimeMS: 50 });
    await expect(dropping).rejects.toMatchObject({ code: 50 });
    const merging = places
      .aggregate([{ $match: { _id: 1 } }, { $set: { m: 2 } }, { $merge: { into: places.collectionName } }])
      .toArray()
      .then(() => told.push('merge'));
    await places.updateOne({ _id: 1 }, { $set: { m: 1 } });
    expect(told).toEqual([]);
    expect(await places.find().toArray()).toEqual([
      { _id: 1, n: 0, m: 1 },
      { _id: 2, n: 0 },
    ]);
    await session.commitTransaction();
    await Promise.all([waiting, inserting, merging]);
    expect(told.sort()).toEqual(['insert 11000', 'merge', 'update']);
    expect(await places.find().toArray()).toMatchObject([
      { _id: 1, m: 2 },
      { _id: 2, n: 11 },
      { _id: 3, n: 10 },
    ]);
  }));

test('fifty transfers at the same time keep the sum, and none is lost', async () => {
  const accounts = await filled(...Array.from({ length: 10 }, (_, _id) => ({ _id, balance: 1000 })));
  await accounts.createIndex({ balance: 1 });
  const transfer = (i: number) =>
    inSession((session) =>
      session.withTransaction(async () => {
        const [from, to] = [i % 10, (i + 1 + (i % 7)) % 10];
        const found = await accounts.findOne({ _id: from }, { session });
        await accounts.updateOne({ _id: from }, { $set: { balance: Number(found?.['balance']) - 10 } }, { session });
        await accounts.updateOne({ _id: to }, { $inc: { balance: 10 } }, { session });
        await accounts.insertOne({ _id: `log${i}`, from, to }, { session });
      }),
    );
  await Promise.all(Array.from({ length: 50 }, (_, i) => transfer(i)));
  const all = await accounts.find({ balance: { $exists: true } }).toArray();
  expect(all.reduce((sum, { balance }) => sum + Number(balance), 0)).toBe(10_000);
  expect(await accounts.countDocuments({ from: { $exists: true } })).toBe(50);
  expect(await client.db().command({ validate: accounts.collectionName })).toMatchObject({ valid: true });
});

test('a collection and its indexes may be made in a transaction, and used in it', () =>
  inSession(async (session) => {
    const db = client.db();
    const [name, implied] = [`t${made++}`, `t${made++}`];
    session.startTransaction();
    await db.createCollection(name, { session });
    await db.createIndex(name, { mail: 1 }, { unique: true, session });
    await db.collection(name).insertOne({ mail: 'a' }, { session });
    await db.collection(implied).insertOne({ n: 1 }, { session });
    expect(await db.listCollections({ name: { $in: [name, implied] } }).toArray()).toEqual([]);
    await session.commitTransaction();
    expect(await db.collection(implied).countDocuments()).toBe(1);
    await expect(db.collection(name).insertOne({ mail: 'a' })).rejects.toMatchObject({ code: 11000 });
    await db.collection(name).insertOne({ mail: 'b' });
    expect(await db.collection(name).find({ mail: 'b' }).explain()).toMatchObject({
      queryPlanner: { winningPlan: { inputStage: { indexName: 'mail_1' } } },
    });
    expect(await db.command({ validate: name })).toMatchObject({ valid: true, nrecords: 2 });
  }));

test('mongoose carries a transaction out', async () => {
  const Place = store.connection.model('Place', new (await import('mongoose')).Schema({ name: String }));
  await store.connection.transaction(async (session) => {
    await Place.create([{ name: 'a' }, { name: 'b' }], { session, ordered: true });
    await Place.updateOne({ name: 'a' }, { name: 'c' }, { session });
  });
  expect((await Place.find().lean()).map(({ name }) => name)).toEqual(['c', 'b']);
  const failing = store.connection.transaction(async (session) => {
    await Place.deleteMany({}, { session });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await Place.countDocuments()).toBe(2);
});

test('a duplicate key is told as in a batch, and ends the transaction', () =>
  inSession(async (session) => {
    const places = await filled({ _id: 1 });
    session.startTransaction();
    await places.insertOne({ _id: 2 }, { session });
    await expect(places.insertOne({ _id: 1 }, { session })).rejects.toMatchObject({ code: 11000 });
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    session.startTransaction();
    const unordered = places.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 3 }], { session, ordered: false });
    await expect(unordered).rejects.toMatchObject({ code: 11000, writeErrors: [{ index: 0 }] });
    expect(await places.countDocuments()).toBe(1);
  }));

test('one that is open for longer than a minute is ended', () =>
  inSession(async (session) => {
    const places = await filled();
    session.startTransaction();
    await places.insertOne({ _id: 1 }, { session });
    now = new Date(now.getTime() + 61_000);
    store.sweep();
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await places.insertOne({ _id: 1 });
  }));

test('one that grows too large is refused', () =>
  inSession(async (session) => {
    const places = await filled();
    const large = 'x'.repeat(15 * 1024 * 1024);
    session.startTransaction();
    for (let _id = 0; _id < 4; _id++) await places.insertOne({ _id, large }, { session });
    await expect(places.insertOne({ _id: 9, large }, { session })).rejects.toMatchObject({
      code: 257,
      codeName: 'TransactionTooLarge',
    });
    expect(await places.countDocuments()).toBe(0);
  }));

test('a crash amid a transaction leaves nothing of it, and one after its commit all', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'porte-store-'));
  const serveIn = (name: string) => serveStore({ dataDir: path.join(directory, name), flush: false, sweepEvery: null });
  const living = await serveIn('living');
  /** What the disk has at this moment, which is what a store leaves that is killed now, served anew. */
  const afterCrash = async (name: string) => {
    await living.copyTo(path.join(directory, name));
    const serving = await serveIn(name);
    return { serving, raw: await openRaw(serving.uri) };
  };
  const writer = await openRaw(living.uri);
  const lsid = { id: new Binary(Buffer.alloc(16, 5), 4) };
  const numbered = { lsid, txnNumber: Long.ONE, autocommit: false };
  const commit = { commitTransaction: 1, ...numbered, $db: 'admin' };
  await writer.command({ insert: 'c', documents: [{ _id: 1, n: 0 }], $db: 'porte' });
  const updates = [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }];
  await writer.command({ update: 'c', updates, ...numbered, startTransaction: true, $db: 'porte' });
  await writer.command({ insert: 'c', documents: [{ _id: 2 }], ...numbered, $db: 'porte' });
  const amid = await afterCrash('amid');
  expect(await writer.command(commit)).toMatchObject({ ok: 1 });
  const after = await afterCrash('after');
  const found = async ({ raw }: typeof amid) => (await raw.command({ find: 'c', $db: 'porte' }))['cursor'];
  expect(await found(amid)).toMatchObject({ firstBatch: [{ _id: 1, n: 0 }] });
  expect(await amid.raw.command(commit)).toMatchObject({ code: 251 });
  expect(await found(after)).toMatchObject({ firstBatch: [{ _id: 1, n: 1 }, { _id: 2 }] });
  expect(await after.raw.command(commit)).toMatchObject({ ok: 1 });
  for (const raw of [writer, amid.raw, after.raw]) raw.close();
  for (const serving of [living, amid.serving, after.serving]) await serving.stop();
  await rm(directory, { recursive: true });
});

describe('by the letter', () => {
  const lsid = { id: new Binary(Buffer.alloc(16, 9), 4) };
  let raw: Awaited<ReturnType<typeof openRaw>>;
  beforeAll(async () => {
    raw = await openRaw(store.uri);
  });
  afterAll(() => raw.close());
  const send = (txnNumber: number, command: Fields, more: Fields = {}) =>
    raw.command({ ...command, lsid, txnNumber: Long.fromNumber(txnNumber), autocommit: false, $db: 'porte', ...more });
  const first = { startTransaction: true };
  const admin = { $db: 'admin' };
  const insert = (_id: number) => ({ insert: 'letter', documents: [{ _id }] });

  test('a commit may be sent again, and is done once', async () => {
    expect(await send(1, insert(1), first)).toMatchObject({ ok: 1, n: 1 });
    for (let i = 0; i < 2; i++)
      expect(await send(1, { commitTransaction: 1, recoveryToken: {} }, admin)).toMatchObject({ ok: 1 });
    expect(await send(1, { abortTransaction: 1 }, admin)).toMatchObject({ code: 256 });
    expect(await send(1, insert(2))).toMatchObject({ code: 256, codeName: 'TransactionCommitted' });
    expect(await send(1, insert(2), first)).toMatchObject({ code: 117 });
    expect(await raw.command({ ...insert(2), lsid, txnNumber: Long.ONE, $db: 'porte' })).toMatchObject({ code: 217 });
  });

  test('a number that is past, or of nothing, is refused', async () => {
    expect(await send(3, insert(3), first)).toMatchObject({ ok: 1 });
    expect(await send(2, insert(4), first)).toMatchObject({ code: 225, codeName: 'TransactionTooOld' });
    expect(await send(4, { find: 'letter' })).toMatchObject({ code: 251, errorLabels: ['TransientTransactionError'] });
    expect(await send(3, { find: 'letter', filter: { _id: 3 } })).toMatchObject({
      cursor: { firstBatch: [{ _id: 3 }] },
    });
    expect(await send(5, { find: 'letter', filter: { _id: 3 } }, first)).toMatchObject({ cursor: { firstBatch: [] } });
    expect(await send(3, { commitTransaction: 1 }, admin)).toMatchObject({ code: 225 });
    expect(await send(5, { abortTransaction: 1 }, admin)).toMatchObject({ ok: 1 });
    expect(await send(5, { abortTransaction: 1 }, admin)).toMatchObject({ code: 251 });
  });

  test('what has no place in a transaction is refused by name', async () => {
    const one = { aggregate: 'letter', cursor: {} };
    for (const command of [
      { count: 'letter' },
      { drop: 'letter' },
      { ...one, pipeline: [{ $out: 'other' }] },
      { create: 'v', viewOn: 'letter' },
      { createIndexes: 'letter', indexes: [{ name: 'n', key: { n: 1 } }] },
      { getMore: Long.ONE, collection: 'letter' },
    ])
      expect(await send(6 + Object.keys(command).length, command, first)).toMatchObject({
        code: 263,
        codeName: 'OperationNotSupportedInTransaction',
      });
    expect(await send(20, insert(5), { ...first, writeConcern: { w: 1 } })).toMatchObject({ code: 72 });
    expect(await send(20, insert(5), { ...first, autocommit: true })).toMatchObject({ code: 72 });
    expect(await raw.command({ commitTransaction: 1, $db: 'admin' })).toMatchObject({ code: 125 });
  });

  test('which readConcern it has is said at its beginning alone', async () => {
    expect(await send(30, insert(6), { ...first, readConcern: { level: 'snapshot' } })).toMatchObject({ ok: 1 });
    expect(await send(30, { find: 'letter' }, { readConcern: { level: 'local' } })).toMatchObject({ code: 72 });
    expect(await send(31, insert(6), { ...first, readConcern: { level: 'linearizable' } })).toMatchObject({ code: 72 });
  });

  test('it ends with its session, not with its connection', async () => {
    await send(40, insert(40), first);
    raw.close();
    raw = await openRaw(store.uri);
    expect(await send(40, insert(41))).toMatchObject({ ok: 1 });
    await raw.command({ endSessions: [lsid], $db: 'admin' });
    expect(await send(40, { commitTransaction: 1 }, admin)).toMatchObject({ code: 251 });
    expect(await send(40, { find: 'letter', filter: { _id: { $gte: 40 } } }, first)).toMatchObject({
      cursor: { firstBatch: [] },
    });
  });
});
