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

test('the element found needs a query that looks into the array', async () => {
  await expect(store.collection('docs').findOne({}, { projection: { 'marks.$': 1 } })).rejects.toMatchObject({
    code: 51246,
  });
});
