import { MongoClient } from 'mongodb';
import { connectToTestStore } from './connect.js';

/** Many documents at a time: the others are still served, and memory is bounded. */
const COUNT = 100_000;
let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
  const docs = store.collection('many');
  for (let from = 0; from < COUNT; from += 20_000) {
    const batch = Array.from({ length: 20_000 }, (_, i) => ({
      _id: (from + i) as never,
      n: (from + i) % 997,
      t: `text ${from + i}`,
    }));
    await docs.insertMany(batch, { ordered: false });
  }
});
afterAll(() => store.close());

test.each<[string, Record<string, unknown>[], number]>([
  ['grouped', [{ $group: { _id: '$n', sum: { $sum: '$_id' }, last: { $max: '$t' } } }], 997],
  ['sorted', [{ $set: { m: { $mod: ['$_id', 1009] } } }, { $sort: { m: 1, t: -1 } }, { $skip: COUNT - 1 }], 1],
  [
    'joined',
    [
      { $match: { _id: { $lt: 50 } } },
      { $lookup: { from: 'many', localField: 'n', foreignField: 'n', as: 'same' } },
      { $match: { same: { $size: 101 } } },
      { $project: { _id: 1 } },
    ],
    50,
  ],
])(
  'a ping is answered while documents are %s',
  async (_what, pipeline, count) => {
    const other = await MongoClient.connect(store.uri);
    let isDone = false;
    const slow = store
      .collection('many')
      .aggregate(pipeline)
      .toArray()
      .finally(() => {
        isDone = true;
      });
    const waits: number[] = [];
    const began = performance.now();
    while (!isDone) {
      const started = performance.now();
      await other.db('admin').command({ ping: 1 });
      waits.push(performance.now() - started);
    }
    const took = performance.now() - began;
    await other.close();
    expect(await slow).toHaveLength(count);
    expect(waits.length).toBeGreaterThan(10);
    // On a busy machine everything takes longer: then no more than a small part of what the query took.
    expect(Math.max(...waits)).toBeLessThan(Math.max(200, took / 5));
  },
  60_000,
);

test.each<[string, Record<string, unknown>]>([
  ['$sort', { $sort: { i: -1 } }],
  ['$group', { $group: { _id: null, all: { $push: '$long' } } }],
  ['$facet', { $facet: { all: [{ $match: {} }] } }],
])('%s that would hold too much is refused', async (name, stage) => {
  const [one] = [store.collection('one')];
  await one.deleteMany({});
  await one.insertOne({ long: 'x'.repeat(100_000) });
  const pipeline = [
    { $set: { i: { $range: [0, 1500] } } },
    { $unwind: '$i' },
    stage,
    { $limit: 1 },
    { $project: { _id: 1 } },
  ];
  // A limit behind a sort bounds it; without one it must hold all.
  const unbounded = pipeline.filter((each) => !('$limit' in each));
  await expect(one.aggregate(unbounded, { allowDiskUse: true }).toArray()).rejects.toMatchObject({
    code: 292,
    message: expect.stringContaining(name),
  });
});
