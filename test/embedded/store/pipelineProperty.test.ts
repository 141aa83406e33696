import { Double } from 'bson';
import fc from 'fast-check';
import { compilePipeline } from '../../../src/embedded/store/aggregation/compilePipeline.js';
import { compare, equal } from '../../../src/embedded/store/compare.js';
import { drain } from '../../../src/embedded/store/flow.js';
import { connectToTestStore } from './connect.js';
import { anyDoc, anyFilter } from './queryArbitraries.js';

/** $match, $group, $sort and their like, in the store and by an obvious model on arrays. */
type Doc = Record<string, unknown>;
let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore();
});
afterAll(() => store.close());

/** In quarters, so that no rounding comes in; a double as soon as one of them is. */
function sumOf(values: number[]): unknown {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.every(Number.isInteger) || !Number.isInteger(total) ? total : new Double(total);
}

/** One group after another, each found by looking through all before it. */
function modelGroup(docs: Doc[], path: string): Doc[] {
  const groups: { id: unknown; docs: Doc[] }[] = [];
  for (const doc of docs) {
    const id = doc[path] ?? null;
    const group = groups.find((other) => equal(other.id, id));
    if (group === undefined) groups.push({ id, docs: [doc] });
    else group.docs.push(doc);
  }
  return groups.map(({ id, docs: its }) => {
    const present = its.map((doc) => doc['c']).filter((value) => value !== undefined);
    const known = present.filter((value) => value !== null).sort((a, b) => compare(a, b));
    return {
      _id: id,
      n: its.length,
      sum: sumOf(its.map((doc) => doc['c']).filter((value) => typeof value === 'number')),
      min: known[0] ?? null,
      max: known.at(-1) ?? null,
      all: present,
      set: present.filter((value, i) => present.findIndex((other) => equal(other, value)) === i),
      first: its[0]!['_id'],
      last: its.at(-1)!['_id'],
    };
  });
}

const GROUP = {
  n: { $sum: 1 },
  sum: { $sum: '$c' },
  min: { $min: '$c' },
  max: { $max: '$c' },
  all: { $push: '$c' },
  set: { $addToSet: '$c' },
  first: { $first: '$_id' },
  last: { $last: '$_id' },
};
const byId = (a: Doc, b: Doc) => compare(a['_id'], b['_id']);

/** Insertion sort by one field: slow, and stable beyond doubt. */
function modelSort(docs: Doc[], order: (a: Doc, b: Doc) => number): Doc[] {
  const out: Doc[] = [];
  for (const doc of docs) {
    let at = out.length;
    while (at > 0 && order(out[at - 1]!, doc) > 0) at--;
    out.splice(at, 0, doc);
  }
  return out;
}

const docs = fc.array(anyDoc, { maxLength: 25 }).map((given) => given.map((doc, i) => ({ _id: i, ...(doc as Doc) })));

test('groups as the model does', () => {
  const around = { catalog: null, database: '', settings: { collation: null, variables: {} }, open: null };
  fc.assert(
    fc.property(docs, fc.constantFrom('a', 'b', 'c'), fc.nat(30), (given, path, limit) => {
      const pipeline = [{ $group: { _id: `$${path}`, ...GROUP } }, { $sort: { _id: 1 } }, { $limit: limit + 1 }];
      const groups = modelGroup(given, path);
      // By an array sorts its least element, which is a matter of its own.
      const isSorted = groups.every(({ _id }) => !Array.isArray(_id));
      const found = drain(compilePipeline(isSorted ? pipeline : pipeline.slice(0, 1), around)(given));
      expect(found).toEqual(isSorted ? modelSort(groups, byId).slice(0, limit + 1) : groups);
    }),
    { numRuns: 1000 },
  );
});

test('what stands before a $match, or an index under it, changes no result', async () => {
  const collection = store.collection('random');
  await fc.assert(
    fc.asyncProperty(docs, anyFilter, fc.constantFrom('a', 'b', 'c', 's.t'), async (given, filter, path) => {
      await collection.deleteMany({});
      if (given.length > 0) await collection.insertMany(given as never[]);
      const plain = await collection
        .find(filter as never)
        .sort({ _id: -1 })
        .toArray();
      await collection.createIndex({ [path]: 1 });
      const before = [{ $set: { added: '$a' } }, { $unset: 'added' }, { $sort: { [path]: 1 } }];
      const moved = await collection
        .aggregate([...before, { $match: filter as Doc }, { $sort: { _id: -1 } }])
        .toArray();
      await collection.dropIndexes();
      expect(moved).toEqual(plain);
    }),
    { numRuns: 60 },
  );
});
