import { connectToTestStore } from './connect.js';

/** Examples of MongoDB's manual for the stages, with what it says comes out of them. */
let store: Awaited<ReturnType<typeof connectToTestStore>>;
type Fields = Record<string, unknown>;
beforeAll(async () => {
  store = await connectToTestStore();
});
afterAll(() => store.close());

async function fill(name: string, docs: Fields[]) {
  const collection = store.collection(name);
  await collection.deleteMany({});
  await collection.insertMany(docs as never[]);
  return collection;
}
const artists = [
  { _id: 1, last_name: 'Bernard', year_born: 1868 },
  { _id: 2, last_name: 'Rippl-Ronai', year_born: 1861 },
  { _id: 3, last_name: 'Ostroumova', year_born: 1871 },
  { _id: 4, last_name: 'Van Gogh', year_born: 1853 },
  { _id: 5, last_name: 'Maurer', year_born: 1868 },
];

test('$bucket puts values between boundaries, and the others into the default', async () => {
  const born = await fill('artists', artists);
  const stage = { groupBy: '$year_born', boundaries: [1860, 1866, 1870], default: 'Other' };
  expect(await born.aggregate([{ $bucket: stage }]).toArray()).toEqual([
    { _id: 1860, count: 1 },
    { _id: 1866, count: 2 },
    { _id: 'Other', count: 2 },
  ]);
  const { default: _, ...strict } = stage;
  await expect(born.aggregate([{ $bucket: strict }]).toArray()).rejects.toMatchObject({ code: 40066 });
});

test('$lookup by fields, by a pipeline with variables, and by both', async () => {
  await fill('warehouses', [
    { _id: 1, stock_item: 'almonds', warehouse: 'A', instock: 120 },
    { _id: 2, stock_item: 'pecans', warehouse: 'A', instock: 80 },
    { _id: 3, stock_item: 'almonds', warehouse: 'B', instock: 60 },
  ]);
  const orders = await fill('orders', [
    { _id: 1, item: 'almonds', ordered: 80 },
    { _id: 2, item: 'pecans', ordered: 100 },
    { _id: 3 },
  ]);
  const expr = { $and: [{ $eq: ['$stock_item', '$$item'] }, { $gte: ['$instock', '$$wanted'] }] };
  const byPipeline = {
    from: 'warehouses',
    let: { item: '$item', wanted: '$ordered' },
    pipeline: [{ $match: { $expr: expr } }, { $project: { _id: 0, warehouse: 1 } }],
    as: 'found',
  };
  const byBoth = {
    from: 'warehouses',
    localField: 'item',
    foreignField: 'stock_item',
    let: { wanted: '$ordered' },
    pipeline: [{ $match: { $expr: { $gte: ['$instock', '$$wanted'] } } }, { $project: { _id: 0, warehouse: 1 } }],
    as: 'found',
  };
  const expected = [
    { _id: 1, found: [{ warehouse: 'A' }] },
    { _id: 2, found: [] },
    { _id: 3, found: [] },
  ];
  for (const lookup of [byPipeline, byBoth]) {
    const [withoutIndex, withIndex] = [[], []] as Fields[][];
    const run = () => orders.aggregate([{ $lookup: lookup }, { $project: { found: 1 } }]).toArray();
    withoutIndex?.push(...(await run()));
    await store.collection('warehouses').createIndex({ stock_item: 1 });
    withIndex?.push(...(await run()));
    await store.collection('warehouses').dropIndexes();
    expect(withoutIndex).toEqual(expected);
    expect(withIndex).toEqual(expected);
  }
});

test('$unionWith, $documents, $replaceRoot, $facet and $sample', async () => {
  const one = await fill('one', [{ _id: 1, a: { b: 1 } }, { _id: 2 }]);
  await fill('two', [{ _id: 3, a: { b: 3 } }]);
  expect(
    await one
      .aggregate([
        { $unionWith: { coll: 'two', pipeline: [{ $set: { far: true } }] } },
        { $match: { a: { $exists: true } } },
        { $replaceRoot: { newRoot: { $mergeObjects: ['$a', { far: '$far' }] } } },
      ])
      .toArray(),
  ).toEqual([{ b: 1 }, { b: 3, far: true }]);
  await expect(one.aggregate([{ $replaceWith: '$a' }]).toArray()).rejects.toMatchObject({ code: 40228 });
  expect(
    await store.connection.db!.aggregate([{ $documents: [{ x: 1 }, { x: 2 }] }, { $match: { x: 2 } }]).toArray(),
  ).toEqual([{ x: 2 }]);
  const [facets] = await one
    .aggregate([
      { $facet: { first: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }], all: [{ $count: 'n' }] } },
    ])
    .toArray();
  expect(facets).toEqual({ first: [{ _id: 2 }], all: [{ n: 2 }] });
  expect(await one.aggregate([{ $sample: { size: 1 } }]).toArray()).toHaveLength(1);
});

test('$addFields within documents and arrays, and $unwind with its index', async () => {
  const docs = await fill('fields', [{ _id: 1, a: [{ x: 1 }, 2], s: { t: 1 }, n: 5 }]);
  expect(await docs.aggregate([{ $set: { 'a.y': '$n', s: { u: 2 }, n: '$$REMOVE' } }]).toArray()).toEqual([
    { _id: 1, a: [{ x: 1, y: 5 }, { y: 5 }], s: { t: 1, u: 2 } },
  ]);
  expect(
    await docs.aggregate([{ $unwind: { path: '$a', includeArrayIndex: 'i' } }, { $project: { i: 1 } }]).toArray(),
  ).toEqual([
    { _id: 1, i: 0 },
    { _id: 1, i: 1 },
  ]);
});

test.each<[unknown, Fields[]]>([
  [
    'replace',
    [
      { _id: 1, b: 2 },
      { _id: 2, b: 3 },
    ],
  ],
  [
    'merge',
    [
      { _id: 1, a: 1, b: 2 },
      { _id: 2, b: 3 },
    ],
  ],
  [
    'keepExisting',
    [
      { _id: 1, a: 1 },
      { _id: 2, b: 3 },
    ],
  ],
  [
    [{ $set: { a: { $add: ['$a', '$$new.b'] } } }],
    [
      { _id: 1, a: 3 },
      { _id: 2, b: 3 },
    ],
  ],
])('$merge when matched %j', async (whenMatched, expected) => {
  const target = await fill('target', [{ _id: 1, a: 1 }]);
  const source = await fill('source', [
    { _id: 1, b: 2 },
    { _id: 2, b: 3 },
  ]);
  await source.aggregate([{ $merge: { into: 'target', whenMatched: whenMatched as 'merge' } }]).toArray();
  expect(await target.find().sort({ _id: 1 }).toArray()).toEqual(expected);
});

test('$merge that fails on what is there, and by a field without a unique index', async () => {
  await fill('target', [{ _id: 1, a: 1 }]);
  const source = await fill('source', [{ _id: 1, b: 2 }]);
  const into = (options: Fields) => source.aggregate([{ $merge: { into: 'target', ...options } }]).toArray();
  await expect(into({ whenMatched: 'fail' })).rejects.toMatchObject({ code: 11000 });
  await expect(into({ on: 'b' })).rejects.toMatchObject({ code: 51183 });
  await store.collection('target').deleteMany({});
  await expect(into({ whenNotMatched: 'fail' })).rejects.toMatchObject({ code: 13113 });
});

test('$out puts many documents in the place of a collection, whose indexes stay, or changes nothing', async () => {
  const target = await fill('out', [{ _id: 'old', n: -1 }]);
  await target.createIndex({ n: 1 }, { unique: true });
  const source = await fill('numbers', [{ _id: 0 }]);
  const make = (n: unknown) => [
    { $set: { n: { $range: [0, 1500] } } },
    { $unwind: '$n' },
    { $project: { _id: '$n', n } },
    { $out: 'out' },
  ];
  await source.aggregate(make('$n')).toArray();
  expect(await target.countDocuments()).toBe(1500);
  expect(await target.indexExists('n_1')).toBe(true);
  await expect(source.aggregate(make({ $mod: ['$n', 1400] })).toArray()).rejects.toMatchObject({ code: 11000 });
  expect(await target.countDocuments()).toBe(1500);
  expect((await store.connection.db!.listCollections().toArray()).some(({ name }) => name.startsWith('tmp.'))).toBe(
    false,
  );
});

test('a collation groups and joins what it holds equal', async () => {
  const words = await fill('words', [
    { _id: 1, w: 'été' },
    { _id: 2, w: 'ETE' },
    { _id: 3, w: 'hiver' },
  ]);
  const collation = { locale: 'fr', strength: 1 as const };
  expect(
    await words.aggregate([{ $group: { _id: '$w', n: { $sum: 1 } } }, { $sort: { n: -1 } }], { collation }).toArray(),
  ).toEqual([
    { _id: 'été', n: 2 },
    { _id: 'hiver', n: 1 },
  ]);
  const lookup = { from: 'words', localField: 'w', foreignField: 'w', as: 'same' };
  const joined = await words
    .aggregate([{ $lookup: lookup }, { $project: { n: { $size: '$same' } } }], { collation })
    .toArray();
  expect(joined.map(({ n }) => n)).toEqual([2, 2, 1]);
});

test('$$NOW is one moment, let names values, and batches are as many as asked', async () => {
  const many = await fill(
    'many',
    Array.from({ length: 300 }, (_, i) => ({ _id: i })),
  );
  const moments = await many.aggregate([{ $group: { _id: '$$NOW' } }]).toArray();
  expect(moments).toHaveLength(1);
  const above = await many
    .aggregate([{ $match: { $expr: { $gte: ['$_id', '$$least'] } } }], { let: { least: 290 }, batchSize: 3 })
    .toArray();
  expect(above).toHaveLength(10);
});
