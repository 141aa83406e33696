import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, UUID } from 'bson';
import { connectToTestStore } from './connect.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
});
afterAll(() => store.close());

test('every BSON type comes back as it was stored', async () => {
  const values = {
    int: new Int32(7),
    long: Long.fromString('9007199254740993'),
    double: new Double(7),
    fraction: new Double(0.1),
    minusZero: new Double(-0),
    notANumber: new Double(Number.NaN),
    decimal: Decimal128.fromString('12.340'),
    text: 'Clermont-Ferrand, 🌋 et l’été',
    date: new Date('2026-03-29T01:30:00Z'),
    id: new ObjectId(),
    bytes: new Binary(Buffer.from([0, 1, 255]), 0x80),
    uuid: new UUID(),
    nothing: null,
    truth: false,
    list: [new Int32(1), [new Double(2)], { deep: null }],
    empty: {},
    emptyList: [],
    lowest: new MinKey(),
    highest: new MaxKey(),
  };
  const types = store.collection('types');
  const { insertedId } = await types.insertOne({ ...values });
  const found = await types.findOne({ _id: insertedId }, { promoteValues: false });
  const { _id, ...rest } = found!;
  expect(Object.keys(rest)).toEqual(Object.keys(values));
  expect(rest).toEqual(values);
  expect(Object.is((rest['minusZero'] as Double).value, -0)).toBe(true);
});

test('undefined is null, as the driver sends it', async () => {
  const types = store.collection('undefined');
  await types.insertOne({ a: undefined, b: 1 });
  expect(await types.findOne({}, { projection: { _id: 0 } })).toEqual({ a: null, b: 1 });
});

test('arithmetic keeps number types', async () => {
  const numbers = store.collection('numbers');
  await numbers.insertOne({ int: new Int32(2147483647), double: new Double(1), long: Long.ONE });
  await numbers.updateOne({}, { $inc: { int: 1, double: 1, long: 1 }, $mul: { none: Long.ONE } });
  const found = await numbers.findOne({}, { promoteValues: false });
  expect(found).toMatchObject({
    int: Long.fromNumber(2147483648),
    double: new Double(2),
    long: Long.fromNumber(2),
    none: Long.ZERO,
  });
});

const MANY_NINES = '9'.repeat(34);
test.each<[string, unknown, string]>([
  ['0.10', Decimal128.fromString('0.2'), '0.30'],
  ['1', 2, '3'],
  ['1', Long.fromString('9007199254740993'), '9007199254740994'],
  ['1', new Double(0.1), '1.100000000000000'],
  ['-1.5', Decimal128.fromString('1.5'), '0.0'],
  [MANY_NINES, 1, '1.000000000000000000000000000000000E+34'],
  [MANY_NINES, Decimal128.fromString('0.5'), '1.000000000000000000000000000000000E+34'],
  ['Infinity', 1, 'Infinity'],
  ['Infinity', Decimal128.fromString('-Infinity'), 'NaN'],
])('the decimal %s and %s make %s', async (decimal, added, sum) => {
  const decimals = store.collection('decimals');
  const { insertedId } = await decimals.insertOne({ d: Decimal128.fromString(decimal) });
  await decimals.updateOne({ _id: insertedId }, { $inc: { d: added as number } });
  expect(String((await decimals.findOne({ _id: insertedId }))!['d'])).toBe(sum);
});

test.each<[string, unknown, string]>([
  ['1.20', 2, '2.40'],
  ['1E+6000', Decimal128.fromString('1E+6000'), 'Infinity'],
  ['-0.5', Decimal128.fromString('0.5'), '-0.25'],
])('the decimal %s times %s makes %s', async (decimal, factor, product) => {
  const decimals = store.collection('decimals');
  const { insertedId } = await decimals.insertOne({ d: Decimal128.fromString(decimal) });
  await decimals.updateOne({ _id: insertedId }, { $mul: { d: factor as number } });
  expect(String((await decimals.findOne({ _id: insertedId }))!['d'])).toBe(product);
});

test('a decimal makes a decimal of what it is added to', async () => {
  const decimals = store.collection('decimals');
  const { insertedId } = await decimals.insertOne({ d: 1 });
  await decimals.updateOne({ _id: insertedId }, { $inc: { d: Decimal128.fromString('0.10') } });
  expect(String((await decimals.findOne({ _id: insertedId }))!['d'])).toBe('1.10');
  const [sum] = await decimals
    .aggregate([{ $match: { _id: insertedId } }, { $project: { s: { $subtract: ['$d', 1] } } }])
    .toArray();
  expect(String(sum!['s'])).toBe('0.10');
});

test('numbers are equal across their types, and so are their keys', async () => {
  const numbers = store.collection('equal');
  await numbers.createIndex({ n: 1 }, { unique: true });
  await numbers.insertOne({ n: new Int32(5) });
  for (const same of [new Double(5), Long.fromNumber(5), Decimal128.fromString('5.0')]) {
    expect(await numbers.countDocuments({ n: same })).toBe(1);
    await expect(numbers.insertOne({ n: same })).rejects.toMatchObject({ code: 11000 });
  }
  await numbers.insertOne({ n: new Double(0.1) });
  expect(await numbers.countDocuments({ n: Decimal128.fromString('0.1') })).toBe(0);
  await numbers.insertOne({ n: Long.fromString('9007199254740993') });
  expect(await numbers.countDocuments({ n: 9007199254740992 })).toBe(0);
  expect(await numbers.countDocuments({ n: { $gt: 9007199254740992 } })).toBe(1);
});

test('what cannot be kept safely is refused', async () => {
  const refused = store.collection('refused');
  const proto = Object.defineProperty({}, '__proto__', { value: { admin: true }, enumerable: true });
  await expect(refused.insertOne({ a: proto })).rejects.toThrow("'__proto__' is not served");
  await expect(refused.updateOne({}, { $set: { '__proto__.admin': true } })).rejects.toThrow('__proto__');
  expect(await refused.countDocuments({ constructor: { $exists: true } })).toBe(0);
  await expect(refused.insertOne({ big: 'x'.repeat(17 * 1024 * 1024) })).rejects.toThrow();
});
