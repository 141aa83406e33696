import { BSONRegExp, ObjectId } from 'bson';
import fc from 'fast-check';

/** Random documents, filters, sorts and indexes, over few fields and few values so that they meet. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [], noNullPrototype: true });
const only = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.record({ [name]: value }, { noNullPrototype: true }) as fc.Arbitrary<Record<string, unknown>>;

const WORDS = ['', 'a', 'ab', 'abc', 'abd', 'b', '\u{10ffff}'];
const number = fc.constantFrom<unknown>(0, 1, 2, 3);
const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(0, 1, 2, 2.5, 3) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...WORDS) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      null,
      Number.NaN,
      true,
      new Date(1),
      new ObjectId('0'.repeat(24)),
      { x: 1 },
      new BSONRegExp('^ab'),
    ),
  },
);
const value = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }) },
);
const holder = record({ t: value, u: scalar });
export const anyDoc = record({
  a: value,
  b: value,
  c: scalar,
  w: fc.array(number, { maxLength: 3 }),
  s: fc.oneof(
    { weight: 4, arbitrary: holder },
    { weight: 1, arbitrary: fc.array(fc.oneof<fc.Arbitrary<unknown>[]>(holder, scalar), { maxLength: 3 }) },
  ),
});

const comparable = scalar.filter((one) => !(one instanceof BSONRegExp));
const range = fc.oneof(record({ $gte: comparable, $lt: comparable }), record({ $gt: comparable, $lte: comparable }));
const numbers = record({ $gte: number, $lte: number });
const operators = fc.oneof(range, numbers).filter((one) => Object.keys(one).length > 0);
const regex = fc.constantFrom('^a', '^ab', '^ab?', '^a.c', '^b|a', 'b', '^\\.', '^\u{10ffff}');
const condition: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 3, arbitrary: operators },
  { weight: 2, arbitrary: only('$in', fc.array(scalar, { maxLength: 3 })) },
  { weight: 1, arbitrary: only('$ne', comparable) },
  { weight: 1, arbitrary: only('$nin', fc.array(comparable, { maxLength: 3 })) },
  { weight: 1, arbitrary: only('$exists', fc.boolean()) },
  { weight: 1, arbitrary: only('$not', operators) },
  { weight: 1, arbitrary: only('$all', fc.array(scalar, { maxLength: 2 })) },
  { weight: 1, arbitrary: only('$elemMatch', operators) },
  { weight: 1, arbitrary: only('$regex', regex) },
  { weight: 1, arbitrary: fc.record({ $regex: regex, $options: fc.constant('i') }, { noNullPrototype: true }) },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
);
const many = fc.oneof(operators, number, only('$all', fc.array(number, { minLength: 1, maxLength: 2 })), condition);
const onOne = fc.oneof(
  ...['_id', 'a', 'b', 'c', 's.t', 's.u'].map((path) => only(path, condition)),
  only('w', many),
  only('w', many),
);
const plain = fc.array(onOne, { maxLength: 3 }).map((given): Record<string, unknown> => Object.assign({}, ...given));
const simple = fc.oneof(plain, only('s', only('$elemMatch', record({ t: condition, u: condition }))));
const clauses = (one: fc.Arbitrary<unknown>) => fc.array(one, { minLength: 1, maxLength: 3 });
export const anyFilter = fc.oneof(
  { weight: 3, arbitrary: simple },
  { weight: 2, arbitrary: fc.tuple(simple, only('$or', clauses(simple))).map(([one, or]) => ({ ...one, ...or })) },
  {
    weight: 1,
    arbitrary: only('$and', clauses(fc.oneof(simple, only('$or', clauses(simple)), only('$nor', clauses(simple))))),
  },
);

const direction = fc.constantFrom(1, -1);
const sortable = ['_id', 'a', 'b', 'c', 'w', 's.t', 's.u'];
/** Path to 1 or -1, some fields in some order. */
const directions = (fewest: number) =>
  fc
    .tuple(
      fc.shuffledSubarray(sortable, { minLength: fewest, maxLength: 3 }),
      fc.array(direction, { minLength: 3, maxLength: 3 }),
    )
    .map(([paths, ways]) => Object.fromEntries(paths.map((path, i) => [path, ways[i]!])));
/** Given the indexes: some sort, or the order of one of them either way, at times with its first column the other way. */
export const anySort = fc
  .tuple(directions(0), fc.boolean(), fc.nat(3), direction, direction)
  .map(([sort, byIndex, at, way, first]) => (indexes: { key: Record<string, number> }[]): Record<string, number> => {
    if (!byIndex) return sort;
    const key = Object.entries(indexes[at % indexes.length]!.key);
    return Object.fromEntries(key.map(([path, order], i) => [path, order * way * (i === 0 ? first : 1)]));
  });

const partial = fc.constantFrom(
  { b: 1 },
  { c: { $in: [1, 2, 'a'] } },
  { a: { $gte: 1 } },
  { 's.t': { $exists: true } },
  { b: { $gt: 'a' }, c: { $exists: true } },
);
const option = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ sparse: true }) },
  { weight: 2, arbitrary: partial.map((partialFilterExpression) => ({ partialFilterExpression })) },
);
export const anyIndexes = fc
  .array(fc.tuple(directions(1), option), { minLength: 1, maxLength: 4 })
  .map((given) => given.map(([key, options], i) => ({ key, name: `i${i}`, ...options })));
