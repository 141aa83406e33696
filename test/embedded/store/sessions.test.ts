import { connectToTestStore } from './connect.js';

const now = new Date();
let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore(() => now);
});
afterAll(() => store.close());

test('a TTL index removes what is over, and nothing else', async () => {
  const links = store.collection('links');
  await links.createIndex({ at: 1 }, { expireAfterSeconds: 60, partialFilterExpression: { once: true } });
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  await links.insertMany([
    { i: 0, once: true, at: ago(61) },
    { i: 1, once: true, at: ago(59) },
    { i: 2, once: false, at: ago(600) },
    { i: 3, once: true, at: 'long ago' },
    { i: 4, once: true },
    { i: 5, once: true, at: [ago(1), ago(600)] },
  ]);
  expect(store.sweep()).toBe(2);
  expect((await links.find().toArray()).map(({ i }) => i)).toEqual([1, 2, 3, 4]);
});
