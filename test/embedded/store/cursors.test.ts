import { connectToTestStore } from './connect.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
  await store.collection('many').insertMany(Array.from({ length: 1000 }, (_, n) => ({ n, pad: 'x'.repeat(100) })));
});
afterAll(() => store.close());

const numbers = Array.from({ length: 1000 }, (_, n) => n);

test('a long result comes in batches, whole and in order', async () => {
  const many = store.collection('many');
  expect((await many.find().toArray()).map(({ n }) => n)).toEqual(numbers);
  expect((await many.find().sort({ n: -1 }).batchSize(7).toArray()).map(({ n }) => n)).toEqual([...numbers].reverse());
  expect(await many.aggregate([{ $sort: { n: 1 } }], { batchSize: 3 }).toArray()).toHaveLength(1000);
  expect((await many.find().skip(990).limit(5).batchSize(2).toArray()).map(({ n }) => n)).toEqual([
    990, 991, 992, 993, 994,
  ]);
});

test('a cursor shows the documents of the moment of the query', async () => {
  const many = store.collection('many');
  const cursor = many
    .find({ n: { $lt: 10 } })
    .sort({ n: 1 })
    .batchSize(2);
  await cursor.next();
  await many.updateOne({ n: 9 }, { $set: { changed: true } });
  const rest = await cursor.toArray();
  expect(rest.at(-1)).not.toHaveProperty('changed');
});

test('a cursor that was closed is gone', async () => {
  const many = store.collection('many');
  const cursor = many.find().batchSize(2);
  await cursor.next();
  const id = cursor.id!;
  await cursor.close();
  const asked = store.connection.db!.command({ getMore: id, collection: 'many' });
  await expect(asked).rejects.toMatchObject({ code: 43 });
});

test('a batch stays under the size of a message', async () => {
  const large = store.collection('large');
  for (let i = 0; i < 5; i++) await large.insertOne({ i, bytes: Buffer.alloc(9_000_000) });
  expect((await large.find().toArray()).map(({ i }) => i)).toEqual([0, 1, 2, 3, 4]);
});
