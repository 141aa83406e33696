import { Double } from 'bson';
import { connectToTestStore } from './connect.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore(() => new Date('2026-11-20T10:00:00Z'));
});
afterAll(() => store.close());

type Fields = Record<string, unknown>;

test.each<[string, Fields, Fields, Fields]>([
  ['$set makes the documents on the way', { a: 1 }, { $set: { 'b.c.d': 2 } }, { a: 1, b: { c: { d: 2 } } }],
  [
    '$set reaches into arrays by number',
    { a: [{ b: 1 }] },
    { $set: { 'a.0.b': 2, 'a.2': 3 } },
    { a: [{ b: 2 }, null, 3] },
  ],
  ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '', 'x.y': '' } }, { b: { d: 2 } }],
  ['$inc of a missing field', {}, { $inc: { a: 2, 'b.c': -1 } }, { a: 2, b: { c: -1 } }],
  ['$mul', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
  ['$push', { a: [1] }, { $push: { a: [2], b: 1 } }, { a: [1, [2]], b: [1] }],
  [
    '$push $each $sort $slice',
    { a: [{ n: 2 }] },
    { $push: { a: { $each: [{ n: 3 }, { n: 1 }], $sort: { n: -1 }, $slice: 2 } } },
    { a: [{ n: 3 }, { n: 2 }] },
  ],
  ['$push $position', { a: [1, 2] }, { $push: { a: { $each: [9], $position: 1 } } }, { a: [1, 9, 2] }],
  ['$pull of a value', { a: [1, 2, 1, [1]] }, { $pull: { a: 1 } }, { a: [2, [1]] }],
  ['$pull of operators', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  ['$pull of documents', { a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
  ['$pullAll', { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$pop', { a: [1, 2, 3], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2] }],
  [
    '$addToSet',
    { a: [1, { x: 1, y: 2 }] },
    { $addToSet: { a: { $each: [1, 2, { x: 1, y: 2 }, { y: 2, x: 1 }] } } },
    { a: [1, { x: 1, y: 2 }, 2, { y: 2, x: 1 }] },
  ],
  ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3, b: 9, c: 1 }, $max: { d: 1 } }, { a: 3, b: 5, c: 1, d: 1 }],
  ['$currentDate', {}, { $currentDate: { at: true } }, { at: new Date('2026-11-20T10:00:00Z') }],
  [
    '$setOnInsert does nothing to a document that is there',
    { a: 1 },
    { $setOnInsert: { a: 2 }, $set: { b: 1 } },
    { a: 1, b: 1 },
  ],
  ['$set of the same _id', { _id: 1 }, { $set: { _id: 1, a: 1 } }, { _id: 1, a: 1 }],
])('%s', async (_name, before, update, after) => {
  const docs = store.collection('operators');
  await docs.deleteMany({});
  await docs.insertOne({ _id: 1, ...before } as never);
  await docs.updateOne({}, update);
  expect(await docs.findOne()).toEqual({ _id: 1, ...after });
});

test.each<[string, Fields, RegExp]>([
  ['two changes of one path', { $set: { a: 1 }, $inc: { 'a.b': 1 } }, /conflict at 'a'/],
  ['another _id', { $set: { _id: 2 } }, /immutable field '_id'/],
  ['a path through a text', { $set: { 'text.x': 1 } }, /Cannot create field 'x'/],
  ['$inc of a text', { $inc: { text: 1 } }, /non-numeric type string/],
  ['$push onto a text', { $push: { text: 1 } }, /must be an array/],
  ['$rename to itself', { $rename: { text: 'text' } }, /must differ/],
  ['$bit of a text', { $bit: { text: { and: 1 } } }, /non-integral type/],
  ['$ when the query entered no array', { $set: { 'a.$.b': 1 } }, /did not find the match needed/],
  ['all elements of what is no array', { $set: { 'text.$[].b': 1 } }, /non-array element/],
  ['an operator that is none', { $frob: { text: 1 } }, /Unknown modifier: \$frob/],
])('refuses %s', async (_name, update, message) => {
  const docs = store.collection('refused');
  await docs.updateOne({ _id: 1 as never }, { $set: { text: 't' } }, { upsert: true });
  await expect(docs.updateOne({}, update)).rejects.toThrow(message);
  expect(await docs.findOne()).toEqual({ _id: 1, text: 't' });
});

test('counts what matched and what changed', async () => {
  const docs = store.collection('counts');
  await docs.insertMany([{ n: 1 }, { n: 1 }, { n: 2 }]);
  expect(await docs.updateMany({}, { $set: { n: 1 } })).toMatchObject({ matchedCount: 3, modifiedCount: 1 });
  expect(await docs.updateOne({ n: 1 }, { $set: { n: new Double(1) } })).toMatchObject({ modifiedCount: 1 });
  expect(await docs.replaceOne({ n: 1 }, { m: 1 })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
  expect(await docs.deleteOne({ n: 1 })).toMatchObject({ deletedCount: 1 });
  expect(await docs.deleteMany({})).toMatchObject({ deletedCount: 2 });
});

test('an upsert takes the equalities of its filter, and $setOnInsert', async () => {
  const docs = store.collection('upserts');
  const upsert = () =>
    docs.updateOne(
      { key: 'k', 'a.b': { $eq: 1 }, n: { $gt: 5 } },
      { $setOnInsert: { first: true }, $inc: { times: 1 } },
      { upsert: true },
    );
  expect(await upsert()).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
  expect(await docs.findOne({}, { projection: { _id: 0 } })).toEqual({ a: { b: 1 }, key: 'k', first: true, times: 1 });
  await docs.updateOne({ key: 'k' }, { $set: { n: 6 } });
  expect(await upsert()).toMatchObject({ matchedCount: 1, upsertedCount: 0 });
  expect(await docs.findOne({}, { projection: { _id: 0 } })).toEqual({
    a: { b: 1 },
    key: 'k',
    first: true,
    times: 2,
    n: 6,
  });
  const replaced = await docs.replaceOne({ _id: 'r' as never }, { x: 1 }, { upsert: true });
  expect(replaced.upsertedId).toBe('r');
});

test('findOneAndUpdate gives the document before or after, and sorts', async () => {
  const docs = store.collection('modify');
  await docs.insertMany([{ n: 1 }, { n: 2 }]);
  expect(await docs.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: -1 } })).toMatchObject({ n: 2 });
  const after = await docs.findOneAndUpdate(
    { n: 12 },
    { $set: { x: 1 } },
    { returnDocument: 'after', projection: { _id: 0, x: 1 } },
  );
  expect(after).toEqual({ x: 1 });
  expect(await docs.findOneAndUpdate({ n: 99 }, { $set: { x: 1 } })).toBeNull();
  expect(
    await docs.findOneAndUpdate({ n: 99 }, { $set: { x: 2 } }, { upsert: true, returnDocument: 'after' }),
  ).toMatchObject({ n: 99, x: 2 });
  expect(await docs.findOneAndDelete({ n: 99 })).toMatchObject({ x: 2 });
  expect(await docs.findOneAndReplace({ n: 1 }, { m: 1 }, { returnDocument: 'after' })).toMatchObject({ m: 1 });
});

test('of fifty guarded updates at once exactly one wins', async () => {
  const docs = store.collection('races');
  await docs.insertOne({ state: 'waiting', version: 3 });
  const attempts = Array.from({ length: 50 }, (_, i) =>
    docs.findOneAndUpdate(
      { state: 'waiting', version: 3 },
      { $set: { state: 'taken', by: i }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    ),
  );
  const winners = (await Promise.all(attempts)).filter((doc) => doc !== null);
  expect(winners).toHaveLength(1);
  expect(await docs.findOne()).toEqual(winners[0]);
});

test('of fifty upserts of one key at once exactly one inserts', async () => {
  const docs = store.collection('upsertRaces');
  await docs.createIndex({ key: 1 }, { unique: true });
  await Promise.all(Array.from({ length: 50 }, () => docs.updateOne({ key: 1 }, { $inc: { n: 1 } }, { upsert: true })));
  expect(await docs.find().toArray()).toMatchObject([{ key: 1, n: 50 }]);
});
