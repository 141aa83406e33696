import { connectToTestStore } from './connect.js';

/** What of a pipeline the indexes serve. */
let store: Awaited<ReturnType<typeof connectToTestStore>>;
type Fields = Record<string, unknown>;
beforeAll(async () => {
  store = await connectToTestStore();
  const docs = store.collection('plans');
  await docs.insertMany(
    Array.from({ length: 200 }, (_, i) => ({ _id: i as never, n: i % 20, m: -i, s: { t: i }, x: 1 })),
  );
  await docs.createIndex({ n: 1, m: 1 });
  const view = { viewOn: 'plans', pipeline: [{ $unset: 'x' }, { $addFields: { twice: { $multiply: ['$n', 2] } } }] };
  await store.connection.db!.createCollection('shown', view);
});
afterAll(() => store.close());

async function told(name: string, pipeline: Fields[]): Promise<string> {
  return JSON.stringify(await store.collection(name).aggregate(pipeline).explain('executionStats'));
}

test.each<[string, string, Fields[]]>([
  ['a leading match and sort', 'plans', [{ $match: { n: 3 } }, { $sort: { m: 1 } }, { $limit: 50 }]],
  [
    'after stages that leave their fields alone',
    'plans',
    [{ $unset: 'x' }, { $set: { y: 1 } }, { $match: { n: 3 } }, { $sort: { m: 1 } }],
  ],
  ['after an inclusion', 'plans', [{ $project: { n: 1, m: 1 } }, { $match: { n: 3 } }]],
  [
    'after $unwind and $lookup',
    'plans',
    [
      { $unwind: '$s' },
      { $lookup: { from: 'plans', localField: 'q', foreignField: 'q', as: 'l' } },
      { $match: { n: 3 } },
    ],
  ],
  ['by $expr', 'plans', [{ $match: { $expr: { $eq: ['$n', 3] } } }]],
  ['through a view', 'shown', [{ $match: { n: 3 } }, { $sort: { m: -1 } }]],
])('%s goes by the index', async (_what, name, pipeline) => {
  const report = await told(name, pipeline);
  expect(report).toContain('"indexName":"n_1_m_1"');
  expect(report).not.toContain('"stage":"SORT"');
  expect(report).toContain('"totalDocsExamined":10');
});

test.each<[string, Fields[]]>([
  ['a field that was computed', [{ $set: { n: { $add: ['$n', 1] } } }, { $match: { n: 3 } }]],
  ['a field that was left out', [{ $unset: 'n' }, { $match: { n: null } }]],
  ['what comes after a limit', [{ $limit: 50 }, { $match: { n: 3 } }]],
  ['whole documents', [{ $unset: 'x' }, { $match: { $expr: { $eq: ['$$ROOT.n', 3] } } }]],
])('%s is matched where it stands', async (_what, pipeline) => {
  expect(await told('plans', pipeline)).toContain('"stage":"COLLSCAN"');
});

test('moved stages change no result', async () => {
  const moved = await store
    .collection('shown')
    .aggregate([
      { $match: { twice: 6, n: 3 } },
      { $sort: { m: 1 } },
      { $skip: 1 },
      { $limit: 2 },
      { $project: { m: 1 } },
    ])
    .toArray();
  expect(moved).toEqual([
    { _id: 163, m: -163 },
    { _id: 143, m: -143 },
  ]);
});
