import { BSONRegExp, MaxKey, MinKey, ObjectId } from 'bson';
import { connectToTestStore } from './connect.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
});
afterAll(() => store.close());

type Fields = Record<string, unknown>;

async function idsOf(docs: Fields[], filter: Fields): Promise<unknown[]> {
  const collection = store.collection('queries');
  await collection.deleteMany({});
  await collection.insertMany(docs.map((doc, i) => ({ _id: i as never, ...doc })));
  return (await collection.find(filter).toArray()).map(({ _id }) => _id);
}

test('sorts by the BSON order of types', async () => {
  const inOrder = [
    new MinKey(),
    null,
    1,
    2.5,
    'a',
    'b',
    { a: 1 },
    { a: 1, b: 1 },
    { b: 0 },
    Buffer.from([1]),
    new ObjectId(),
    false,
    true,
    new Date(0),
    new BSONRegExp('a'),
    new MaxKey(),
  ];
  const docs = store.collection('order');
  await docs.insertMany(inOrder.map((v, i) => ({ v, i })).reverse());
  const sorted = await docs.find().sort({ v: 1 }).toArray();
  expect(sorted.map(({ i }) => i)).toEqual(inOrder.map((_, i) => i));
  await docs.createIndex({ v: -1 });
  const reversed = await docs.find().sort({ v: -1 }).limit(20).toArray();
  expect(reversed.map(({ i }) => i)).toEqual(inOrder.map((_, i) => i).reverse());
});

test('an array sorts by its least element ascending and its greatest descending', async () => {
  const docs = store.collection('arrayOrder');
  await docs.insertMany([{ i: 0, v: [5, 1] }, { i: 1, v: 3 }, { i: 2, v: [] }, { i: 3 }, { i: 4, v: [2, 9] }]);
  const order = async (direction: 1 | -1) =>
    (await docs.find().sort({ v: direction, i: 1 }).toArray()).map(({ i }) => i);
  expect(await order(1)).toEqual([2, 3, 0, 4, 1]);
  expect(await order(-1)).toEqual([4, 0, 1, 3, 2]);
  await docs.createIndex({ v: 1 });
  expect(await order(1)).toEqual([2, 3, 0, 4, 1]);
});

const NULLS = [
  { a: null },
  {},
  { a: 1 },
  { a: [null] },
  { a: [] },
  { a: { b: null } },
  { a: [{ b: 1 }, {}] },
  { a: [1, 2] },
];
const LISTS = [{ a: [1, 5] }, { a: 3 }, { a: [[3, 4]] }, { a: ['3'] }, { a: [{ b: 3 }, { b: [7, 8] }] }];

test.each<[Fields, number[]]>([
  [{ a: null }, [0, 1, 3]],
  [{ a: { $ne: null } }, [2, 4, 5, 6, 7]],
  [{ a: { $exists: false } }, [1]],
  [{ a: { $exists: true } }, [0, 2, 3, 4, 5, 6, 7]],
  [{ a: { $in: [null, 2] } }, [0, 1, 3, 7]],
  [{ a: { $type: 'null' } }, [0, 3]],
  [{ a: [] }, [4]],
  [{ 'a.b': null }, [0, 1, 2, 5, 6]],
  [{ 'a.b': { $exists: true } }, [5, 6]],
  [{ 'a.0': 1 }, [7]],
  [{ a: { $size: 2 } }, [6, 7]],
  [{ a: { $type: 'array' } }, [3, 4, 6, 7]],
  [{ a: { $gte: null } }, [0, 1, 3]],
])('nulls: %j', async (filter, expected) => {
  expect(await idsOf(NULLS, filter)).toEqual(expected);
});

test.each<[Fields, number[]]>([
  [{ a: 3 }, [1]],
  [{ a: { $gt: 2, $lt: 4 } }, [0, 1]],
  [{ a: { $elemMatch: { $gt: 2, $lt: 4 } } }, []],
  [{ a: { $elemMatch: { $gt: 4 } } }, [0]],
  [{ a: [3, 4] }, [2]],
  [{ a: [1, 5] }, [0]],
  [{ a: [5, 1] }, []],
  [{ 'a.b': 3 }, [4]],
  [{ 'a.b': 8 }, [4]],
  [{ 'a.1.b': 7 }, [4]],
  [{ 'a.0.b': 7 }, []],
  [{ a: { $elemMatch: { b: { $gt: 6 } } } }, [4]],
  [{ a: { $all: [1, 5] } }, [0]],
  [{ a: { $all: [[3, 4]] } }, [2]],
  [{ a: { $not: { $gt: 2 } } }, [2, 3, 4]],
  [{ a: { $nin: [1, 3] } }, [2, 3, 4]],
  [{ a: { $gt: [1, 4] } }, [0, 2, 3, 4]],
  [{ $or: [{ a: 3 }, { a: '3' }] }, [1, 3]],
  [{ $nor: [{ a: 3 }, { a: '3' }] }, [0, 2, 4]],
  [{ $and: [{ a: 1 }, { a: 5 }] }, [0]],
  [{ $expr: { $eq: [{ $type: '$a' }, 'int'] } }, [1]],
])('arrays: %j', async (filter, expected) => {
  expect(await idsOf(LISTS, filter)).toEqual(expected);
});

test('documents are equal in the order of their fields', async () => {
  const docs = [{ s: { b: 2, a: 1 } }, { s: { a: 1, b: 2 } }];
  expect(await idsOf(docs, { s: { a: 1, b: 2 } })).toEqual([1]);
  expect(await idsOf(docs, { s: { $gt: { a: 1, b: 2 } } })).toEqual([0]);
});

test('regular expressions', async () => {
  const docs = [{ t: 'Été' }, { t: 'hiver\nété' }, { t: ['a.b', 'c'] }, { t: 'a-b' }, { t: 5 }];
  expect(await idsOf(docs, { t: /^été/i })).toEqual([0]);
  expect(await idsOf(docs, { t: /^été/im })).toEqual([0, 1]);
  expect(await idsOf(docs, { t: { $regex: 'a\\.b' } })).toEqual([2]);
  expect(await idsOf(docs, { t: { $regex: 'A\\-B', $options: 'i' } })).toEqual([3]);
  expect(await idsOf(docs, { t: { $in: [/^c$/, 5] } })).toEqual([2, 4]);
  expect(await idsOf(docs, { t: { $not: /a/ } })).toEqual([0, 1, 4]);
  await expect(idsOf(docs, { t: { $regex: '(a' } })).rejects.toThrow('Regular expression is invalid');
  await expect(idsOf(docs, { t: { $regex: '\\Aa' } })).rejects.toThrow("The escape '\\A'");
});

test.each<[Fields, RegExp]>([
  [{ a: { $near: [1, 2] } }, /\$near/],
  [{ $text: { $search: 'x' } }, /\$text/],
  [{ $where: '1' }, /\$where/],
  [{ a: { $bitsAllSet: 1 } }, /\$bitsAllSet/],
  [{ $jsonSchema: {} }, /\$jsonSchema/],
  [{ $expr: { $median: { input: [1], method: 'approximate' } } }, /\$median/],
])('refuses %j by name, even over nothing', async (filter, message) => {
  await expect(store.collection('nothing').findOne(filter)).rejects.toThrow(message);
});

test.each<[Fields, Fields]>([
  [{ a: 1 }, { _id: 1, a: 1 }],
  [{ _id: 0, 'b.c': 1 }, { b: [{ c: 1 }, { c: 2 }] }],
  [
    { b: 0, 'd.e': 0 },
    { _id: 1, a: 1, d: { f: 2 } },
  ],
  [{ _id: 0 }, { a: 1, b: [{ c: 1, x: 1 }, { c: 2 }], d: { e: 1, f: 2 } }],
  [{ _id: 1 }, { _id: 1 }],
  [
    { _id: 0, a: 1, sum: { $add: ['$d.e', '$d.f'] } },
    { a: 1, sum: 3 },
  ],
])('projects %j', async (projection, expected) => {
  const docs = store.collection('projections');
  await docs.replaceOne(
    { _id: 1 as never },
    { a: 1, b: [{ c: 1, x: 1 }, { c: 2 }], d: { e: 1, f: 2 } },
    { upsert: true },
  );
  expect(await docs.findOne({}, { projection })).toEqual(expected);
  await expect(docs.findOne({}, { projection: { b: { $meta: 'textScore' } } })).rejects.toThrow('$meta is not served');
  await expect(docs.findOne({}, { projection: { a: 1, b: 0 } })).rejects.toThrow('inclusion and exclusion');
});

test('distinct looks into arrays', async () => {
  const docs = store.collection('distinct');
  await docs.insertMany([{ t: ['a', 'b'] }, { t: 'a' }, { t: null }, {}, { t: [['a']] }]);
  expect(await docs.distinct('t')).toEqual(['a', 'b', null, ['a']]);
  expect(await docs.distinct('t', { t: 'b' })).toEqual(['a', 'b']);
});
