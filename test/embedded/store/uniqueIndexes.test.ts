import { connectToTestStore } from './connect.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
});
afterAll(() => store.close());

test('a duplicate is told in MongoDB’s words', async () => {
  const partners = store.collection('partners');
  await partners.createIndex({ name: 1 }, { unique: true });
  await partners.insertOne({ name: 'x' });
  const refused = partners.insertOne({ name: 'x' });
  await expect(refused).rejects.toMatchObject({
    code: 11000,
    keyPattern: { name: 1 },
    keyValue: { name: 'x' },
    message: 'E11000 duplicate key error collection: porte.partners index: name_1 dup key: { name: "x" }',
  });
  await partners.insertOne({ _id: 'a' as never, name: 'y' });
  await expect(partners.insertOne({ _id: 'a' as never })).rejects.toMatchObject({
    code: 11000,
    keyValue: { _id: 'a' },
  });
});

test('a missing field counts as null in a unique index', async () => {
  const some = store.collection('missing');
  await some.createIndex({ a: 1, b: -1 }, { unique: true });
  await some.insertMany([{ a: 1 }, { a: 2 }, { b: 1 }]);
  await expect(some.insertOne({ a: 1, b: null })).rejects.toMatchObject({ code: 11000, keyValue: { a: 1, b: null } });
  await expect(some.updateOne({ a: 2 }, { $set: { a: 1 } })).rejects.toMatchObject({ code: 11000 });
  expect(await some.countDocuments({ a: 1 })).toBe(1);
  await some.updateOne({ a: 2 }, { $set: { a: 2, b: 5 } });
});

test('a partial unique index holds only the documents that it describes', async () => {
  const referrals = store.collection('referrals');
  await referrals.createIndex(
    { project: 1 },
    { unique: true, partialFilterExpression: { role: 'main', open: true }, name: 'one_main' },
  );
  await referrals.insertMany([
    { project: 1, role: 'main', open: true },
    { project: 1, role: 'main', open: false },
    { project: 1, role: 'associated', open: true },
  ]);
  await expect(referrals.insertOne({ project: 1, role: 'main', open: true })).rejects.toMatchObject({ code: 11000 });
  await expect(referrals.updateOne({ open: false }, { $set: { open: true } })).rejects.toMatchObject({ code: 11000 });
  await referrals.updateOne({ role: 'main', open: true }, { $set: { open: false } });
  await referrals.insertOne({ project: 1, role: 'main', open: true });
  expect(await referrals.countDocuments({ project: 1 })).toBe(4);
});

test('a sparse unique index leaves out the documents without its field', async () => {
  const accounts = store.collection('accounts');
  await accounts.createIndex({ token: 1 }, { unique: true, sparse: true });
  await accounts.insertMany([{}, {}, { token: null }, { token: 't' }]);
  await expect(accounts.insertOne({ token: null })).rejects.toMatchObject({ code: 11000 });
  expect(await accounts.countDocuments({ token: null })).toBe(3);
  expect(await accounts.find().sort({ token: 1 }).toArray()).toHaveLength(4);
});

test('the elements of an array are unique across documents', async () => {
  const tags = store.collection('tags');
  await tags.createIndex({ list: 1 }, { unique: true });
  await tags.insertOne({ list: ['a', 'b', 'a'] });
  await expect(tags.insertOne({ list: ['c', 'b'] })).rejects.toMatchObject({ code: 11000, keyValue: { list: 'b' } });
  await expect(store.collection('two').createIndex({ a: 1, b: 1 })).resolves.toBe('a_1_b_1');
  await expect(store.collection('two').insertOne({ a: [1], b: [2] })).rejects.toThrow('parallel arrays');
});

test('unordered inserts go on after a duplicate, ordered ones stop', async () => {
  const many = store.collection('many');
  await many.createIndex({ n: 1 }, { unique: true });
  const docs = () => [{ n: 1 }, { n: 1 }, { n: 2 }];
  await expect(many.insertMany(docs(), { ordered: true })).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
  await many.deleteMany({});
  await expect(many.insertMany(docs(), { ordered: false })).rejects.toMatchObject({ code: 11000, insertedCount: 2 });
});

test('indexes are listed, kept when asked for again, refused when contradicted, and dropped', async () => {
  const listed = store.collection('listed');
  await listed.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  await listed.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  await expect(listed.createIndex({ at: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 });
  await expect(listed.createIndex({ at: 'text' })).rejects.toThrow("An index of kind 'text' is not served");
  await expect(listed.createIndex({ at: 1 }, { collation: { locale: 'fr' }, name: 'c' })).rejects.toThrow(
    'An index with a collation is not served',
  );
  expect((await listed.indexes()).map(({ name }) => name)).toEqual(['_id_', 'at_1']);
  await listed.insertMany([{ x: 1 }, { x: 1 }]);
  await expect(listed.createIndex({ x: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
  await listed.dropIndex('at_1');
  expect((await listed.indexes()).map(({ name }) => name)).toEqual(['_id_']);
});
