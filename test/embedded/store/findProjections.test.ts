import { connectToTestStore } from './connect.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
});
afterAll(() => store.close());

type Fields = Record<string, unknown>;
const marks = [
  { k: 'a', v: 1 },
  { k: 'b', v: 2 },
  { k: 'b', v: 3 },
];
const whole = { _id: 1, n: [1, 2, 3, 4], marks, deep: { n: [5, 6] } };

test.each<[string, Fields, Fields, Fields]>([
  ['the first elements', {}, { n: { $slice: 2 } }, { ...whole, n: [1, 2] }],
  ['the last elements', {}, { n: { $slice: -1 } }, { ...whole, n: [4] }],
  ['elements from a place', {}, { n: { $slice: [1, 2] } }, { ...whole, n: [2, 3] }],
  ['elements from a place counted from the end', {}, { n: { $slice: [-3, 2] } }, { ...whole, n: [2, 3] }],
  [
    '$slice beside fields that are kept',
    {},
    { n: { $slice: 1 }, 'deep.n': 1 },
    { _id: 1, n: [1], deep: { n: [5, 6] } },
  ],
  ['$slice beside fields that are left', {}, { 'deep.n': { $slice: 1 }, n: 0, marks: 0 }, { _id: 1, deep: { n: [5] } }],
  ['the first that passes $elemMatch', {}, { marks: { $elemMatch: { k: 'b' } } }, { _id: 1, marks: [marks[1]] }],
  ['none that passes $elemMatch', {}, { marks: { $elemMatch: { k: 'z' } } }, { _id: 1 }],
  ['the element that the query found', { 'marks.v': 3 }, { 'marks.$': 1 }, { _id: 1, marks: [marks[2]] }],
  ['the element in a nested array', { 'deep.n': { $gt: 5 } }, { 'deep.n.$': 1 }, { _id: 1, deep: { n: [6] } }],
])('%s', async (_name, filter, projection, expected) => {
  const docs = store.collection('docs');
  await docs.replaceOne({ _id: 1 as never }, whole, { upsert: true });
  expect(await docs.findOne(filter, { projection })).toEqual(expected);
});

test.each<[string, Fields, Fields]>([
  ['one field', { v: 1 }, { _id: 7, v: 2 }],
  ['the id alone', { _id: 1 }, { _id: 7 }],
  [
    'all but the id',
    { _id: 0, 'deep.n': 1, 'marks.k': 1 },
    { deep: { n: [5, 6] }, marks: marks.map(({ k }) => ({ k })) },
  ],
  ['a field that is not there', { other: 1 }, { _id: 7 }],
])('found by an index: %s', async (_name, projection, expected) => {
  const docs = store.collection('indexed');
  await docs.createIndex({ v: 1 });
  await docs.replaceOne({ _id: 7 as never }, { v: 2, ...whole, _id: 7 }, { upsert: true });
  const found = () => docs.find({ v: { $in: [2, 3] } }, { projection }).toArray();
  // Read from the disk, then, once it was read whole, from memory.
  expect(await found()).toEqual([expected]);
  expect(await docs.countDocuments({ 'deep.n': 6 })).toBe(1);
  expect(await found()).toEqual([expected]);
});

test('the element found needs a query that looks into the array', async () => {
  await expect(store.collection('docs').findOne({}, { projection: { 'marks.$': 1 } })).rejects.toMatchObject({
    code: 51246,
  });
});
