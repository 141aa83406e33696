import { Long, Timestamp } from 'bson';
import mongoose from 'mongoose';
import { connectToTestStore } from './connect.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
});
afterAll(() => store.close());

const command = (doc: Record<string, unknown>) => store.connection.db!.command(doc);

test('a command that is not served is refused by its name, with MongoDB’s code', async () => {
  await expect(command({ mapReduce: 'x' })).rejects.toMatchObject({
    code: 59,
    codeName: 'CommandNotFound',
    message: expect.stringContaining("'mapReduce'"),
  });
});

test.each([
  [{ find: 'x', collation: { locale: 'fr', strength: 4 } }, 'strength 4'],
  [{ find: 'x', collation: { locale: 'fr', alternate: 'shifted' } }, "alternate 'shifted'"],
  [{ find: 'x', tailable: true }, "'find.tailable'"],
  [{ find: 'x', min: { a: 1 } }, "'find.min'"],
  [{ find: 'x', txnNumber: Long.ONE }, 'find is not a retryable write command'],
  [{ find: 'x', readConcern: { level: 'snapshot' } }, "read concern 'snapshot'"],
  [{ find: 'x', sort: { score: { $meta: 'textScore' } } }, '$meta'],
  [{ insert: 'x', documents: [{}], writeConcern: { w: 2 } }, 'Not enough data-bearing nodes'],
  [{ create: 'x', validator: { $jsonSchema: {} } }, 'The validator $jsonSchema'],
  [{ create: 'x', capped: true, size: 5 }, "'capped' of create"],
])('what would change the answer is refused: %j', async (doc, message) => {
  await expect(command(doc)).rejects.toThrow(message);
});

test('what the items of a write ask beyond that is refused too', async () => {
  const deletes = [{ q: {}, limit: 0, sampling: 1 }];
  await expect(command({ delete: 'x', deletes })).rejects.toThrow("'deletes.sampling'");
});

test('collections and databases are listed and dropped', async () => {
  const db = store.connection.db!;
  await db.dropDatabase();
  await db.createCollection('kept');
  await expect(db.createCollection('kept', { viewOn: 'x', pipeline: [] })).rejects.toMatchObject({ code: 48 });
  await db.collection('dropped').insertOne({});
  await db.collection('dropped').drop();
  expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['kept']);
  expect((await db.admin().listDatabases()).databases.map(({ name }) => name)).toEqual(['porte']);
  await db.dropDatabase();
  expect(await db.listCollections({}, { nameOnly: true }).toArray()).toEqual([]);
});

test('the driver takes the store for the primary of a replica set of one', async () => {
  const hello = await command({ hello: 1 });
  const { host } = new URL(store.uri);
  expect(hello).toMatchObject({
    isWritablePrimary: true,
    maxWireVersion: 25,
    setName: 'porte',
    hosts: [host],
    me: host,
  });
  expect(hello).toMatchObject({ logicalSessionTimeoutMinutes: 30 });
  expect(await store.connection.db!.admin().buildInfo()).toMatchObject({ version: '8.0.0' });
  const answer = await command({ ping: 1 });
  expect(answer).toMatchObject({ ok: 1, operationTime: expect.any(Timestamp) });
});

test('unacknowledged writes are done', async () => {
  const docs = store.collection('unacknowledged');
  await docs.insertOne({ a: 1 }, { writeConcern: { w: 0 } });
  for (let i = 0; i < 50 && (await docs.countDocuments()) === 0; i++) await new Promise((done) => setTimeout(done, 10));
  expect(await docs.countDocuments()).toBe(1);
});

test('bulk writes and validation errors work as Mongoose expects', async () => {
  const Thing = store.connection.model(
    'Thing',
    new mongoose.Schema({ n: { type: Number, required: true, unique: true }, list: [{ a: Number }] }),
  );
  await Thing.init();
  await expect(Thing.create({})).rejects.toThrow('required');
  const result = await Thing.bulkWrite([
    { insertOne: { document: { n: 1, list: [{ a: 1 }] } } },
    { updateOne: { filter: { n: 1 }, update: { $push: { list: { a: 2 } } } } },
    { updateOne: { filter: { n: 2 }, update: { $set: { n: 2 } }, upsert: true } },
    { deleteOne: { filter: { n: 2 } } },
  ]);
  expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
  const thing = (await Thing.findOne({ n: 1 }))!;
  thing.list.pull(thing.list[0]!._id);
  await thing.save();
  expect((await Thing.findOne({ n: 1 }).lean())!.list).toMatchObject([{ a: 2 }]);
});
