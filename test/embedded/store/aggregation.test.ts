import { Decimal128, Double } from 'bson';
import { connectToTestStore } from './connect.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
  await store.collection('projects').insertMany([
    { _id: 1 as never, partner: 'cci', hours: 4, tags: ['a', 'b'], at: new Date('2026-03-29T10:05:00Z'), s: { x: 1 } },
    {
      _id: 2 as never,
      partner: 'cam',
      hours: 10,
      tags: ['a'],
      at: new Date('2026-12-31T23:59:59Z'),
      s: { y: '$cost' },
    },
    { _id: 3 as never, partner: 'cci', hours: 6.5, tags: [], at: new Date('2026-01-01T00:00:00Z') },
    { _id: 4 as never, partner: null, hours: 'many' },
    { _id: 5 as never, tags: null },
  ]);
  await store
    .collection('partners')
    .insertMany([{ code: 'cci', name: 'CCI' }, { code: ['cam', 'x'], name: 'CAM' }, { name: 'none' }]);
});
afterAll(() => store.close());

type Fields = Record<string, unknown>;
const run = (...pipeline: Fields[]) => store.collection('projects').aggregate(pipeline).toArray();
const first = async (expression: unknown, id = 1) =>
  (await run({ $match: { _id: id } }, { $project: { _id: 0, v: expression } }))[0]!['v'];

test('$group with every accumulator', async () => {
  const groups = await run(
    { $sort: { _id: 1 } },
    {
      $group: {
        _id: '$partner',
        sum: { $sum: '$hours' },
        ones: { $sum: 1 },
        avg: { $avg: '$hours' },
        min: { $min: '$hours' },
        max: { $max: '$hours' },
        first: { $first: '$_id' },
        last: { $last: '$_id' },
        all: { $push: '$hours' },
        set: { $addToSet: '$s' },
        n: { $count: {} },
      },
    },
  );
  expect(groups).toEqual([
    {
      _id: 'cci',
      sum: 10.5,
      ones: 2,
      avg: 5.25,
      min: 4,
      max: 6.5,
      first: 1,
      last: 3,
      all: [4, 6.5],
      set: [{ x: 1 }],
      n: 2,
    },
    {
      _id: 'cam',
      sum: 10,
      ones: 1,
      avg: 10,
      min: 10,
      max: 10,
      first: 2,
      last: 2,
      all: [10],
      set: [{ y: '$cost' }],
      n: 1,
    },
    {
      _id: null,
      sum: 0,
      ones: 2,
      avg: null,
      min: 'many',
      max: 'many',
      first: 4,
      last: 5,
      all: ['many'],
      set: [],
      n: 2,
    },
  ]);
  expect(
    await run(
      { $group: { _id: { p: '$partner', none: '$nothing' }, n: { $sum: 1 } } },
      { $sort: { n: -1 } },
      { $limit: 1 },
    ),
  ).toEqual([{ _id: { p: 'cci' }, n: 2 }]);
});

test('$unwind, $sortByCount, $count, $skip', async () => {
  expect(await run({ $unwind: '$tags' }, { $sortByCount: '$tags' })).toEqual([
    { _id: 'a', count: 2 },
    { _id: 'b', count: 1 },
  ]);
  const kept = await run(
    { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
    { $project: { tags: 1, i: 1 } },
  );
  expect(kept).toEqual([
    { _id: 1, tags: 'a', i: 0 },
    { _id: 1, tags: 'b', i: 1 },
    { _id: 2, tags: 'a', i: 0 },
    { _id: 3, i: null },
    { _id: 4, i: null },
    { _id: 5, tags: null, i: null },
  ]);
  expect(await run({ $match: { hours: { $gt: 5 } } }, { $count: 'n' })).toEqual([{ n: 2 }]);
  expect(await run({ $match: { hours: 99 } }, { $count: 'n' })).toEqual([]);
  expect(await run({ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } })).toEqual([
    { _id: 4 },
  ]);
});

test('$facet, $addFields, $set, $unset', async () => {
  expect(
    await run({
      $facet: {
        n: [{ $count: 'n' }],
        cci: [{ $match: { partner: 'cci' } }, { $project: { _id: 1 } }],
        none: [{ $match: { x: 1 } }],
      },
    }),
  ).toEqual([{ n: [{ n: 5 }], cci: [{ _id: 1 }, { _id: 3 }], none: [] }]);
  expect(
    await run(
      { $match: { _id: 1 } },
      { $addFields: { double: { $multiply: ['$hours', 2] }, 's.z': '$s.x' } },
      { $unset: ['tags', 'at'] },
    ),
  ).toEqual([{ _id: 1, partner: 'cci', hours: 4, double: 8, s: { x: 1, z: 1 } }]);
});

test('$lookup by equality, arrays and missing fields included', async () => {
  const joined = await run(
    { $match: { _id: { $in: [1, 2, 5] } } },
    { $lookup: { from: 'partners', localField: 'partner', foreignField: 'code', as: 'desk' } },
    { $project: { 'desk.name': 1 } },
  );
  expect(joined).toEqual([
    { _id: 1, desk: [{ name: 'CCI' }] },
    { _id: 2, desk: [{ name: 'CAM' }] },
    { _id: 5, desk: [{ name: 'none' }] },
  ]);
});

// biome-ignore lint/suspicious/noThenProperty: MongoDB's own name for it
const WHEN_CAM = { case: { $eq: ['$partner', 'cam'] }, then: 1 };

test.each<[unknown, unknown]>([
  [{ $cond: [{ $gte: ['$hours', 4] }, 'late', 'early'] }, 'late'],
  [{ $switch: { branches: [WHEN_CAM], default: 2 } }, 2],
  [{ $ifNull: ['$nothing', null, 'x'] }, 'x'],
  [{ $eq: ['$nothing', null] }, false],
  [{ $gt: [null, '$nothing'] }, true],
  [{ $lt: [{ a: 1, b: 2 }, { b: 1 }] }, true],
  [{ $and: [1, 'x', { $not: [false] }] }, true],
  [{ $or: [0, null, '$nothing'] }, false],
  [{ $in: ['a', '$tags'] }, true],
  [{ $size: '$tags' }, 2],
  [{ $arrayElemAt: ['$tags', -1] }, 'b'],
  [{ $filter: { input: '$tags', as: 't', cond: { $ne: ['$$t', 'a'] } } }, ['b']],
  [{ $map: { input: '$tags', in: { $concat: ['$$this', '$partner'] } } }, ['acci', 'bcci']],
  [{ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
  [{ $let: { vars: { h: '$hours' }, in: { $subtract: ['$$h', 1] } } }, 3],
  [{ $divide: ['$hours', 8] }, 0.5],
  [{ $mod: [-7, 3] }, -1],
  [{ $subtract: [new Date(5000), new Date(2000)] }, 3000],
  [{ $add: [new Date(5000), 1000] }, new Date(6000)],
  [{ $literal: '$hours' }, '$hours'],
  [{ $year: '$at' }, 2026],
  [{ $month: { date: '$at', timezone: 'Europe/Paris' } }, 3],
  [{ $hour: { date: '$at', timezone: 'Europe/Paris' } }, 12],
  [{ $isoWeek: '$at' }, 13],
  [{ $trim: { input: ' a ' } }, 'a'],
  [{ $split: ['a-b', '-'] }, ['a', 'b']],
  [{ $concat: ['$partner', null] }, null],
  [{ $mergeObjects: ['$s', { y: 2 }] }, { x: 1, y: 2 }],
  [{ $objectToArray: '$s' }, [{ k: 'x', v: 1 }]],
  [{ $type: '$hours' }, 'int'],
  [{ $type: { $add: ['$hours', new Double(1)] } }, 'double'],
])('expression %j', async (expression, expected) => {
  expect(await first(expression)).toEqual(expected);
});

test('a text that starts with a dollar is not taken for a path', async () => {
  expect(await first({ $concat: ['$s.y', '!'] }, 2)).toBe('$cost!');
});

test.each<[Fields, RegExp, number]>([
  [{ $bucketAuto: { groupBy: '$hours', buckets: 2 } }, /Unrecognized pipeline stage name: '\$bucketAuto'/, 40324],
  [{ $densify: {} }, /'\$densify'/, 40324],
  [{ $lookup: { from: 'x', let: {}, pipeline: [{ $out: 'y' }], as: 'y' } }, /\$out can only be the final stage/, 40601],
  [{ $facet: { a: [{ $facet: { b: [] } }] } }, /\$facet is not allowed to be used within a \$facet stage/, 40600],
  [
    { $project: { v: { $percentile: { input: '$hours', p: [0.5], method: 'approximate' } } } },
    /Unknown expression \$percentile/,
    31325,
  ],
  [{ $project: { v: { $add: [1, { $sinh: 1 }] } } }, /Unrecognized expression '\$sinh'/, 168],
  [{ $set: { v: '$$here' } }, /Use of undefined variable: here/, 17276],
  [
    { $group: { _id: null, m: { $median: { input: '$hours', method: 'approximate' } } } },
    /unknown group operator '\$median'/,
    15952,
  ],
  [{ $match: { $text: { $search: 'x' } } }, /\$text/, 2],
])('refuses %j by name', async (stage, message, code) => {
  const refusal = { message: expect.stringMatching(message), code };
  await expect(run(stage)).rejects.toMatchObject(refusal);
  await expect(store.collection('nothing').aggregate([stage]).toArray()).rejects.toMatchObject(refusal);
});

test('decimals add up to decimals', async () => {
  const decimals = store.collection('decimals');
  await decimals.insertOne({ d: Decimal128.fromString('1.5') });
  const [group] = await decimals.aggregate([{ $group: { _id: null, s: { $sum: '$d' } } }]).toArray();
  expect(String(group!['s'])).toBe('1.5');
  const [sum] = await decimals.aggregate([{ $project: { s: { $add: ['$d', 1] } } }]).toArray();
  expect(String(sum!['s'])).toBe('2.5');
});
