import { ObjectId } from 'bson';
import fc from 'fast-check';
import { ensureCollection, loadCatalog } from '../../../src/embedded/store/catalog.js';
import {
  buildIndex,
  type Collection,
  insertDoc,
  removeDoc,
  replaceDoc,
} from '../../../src/embedded/store/collections.js';
import type { Durability } from '../../../src/embedded/store/durability.js';
import { compileFilter } from '../../../src/embedded/store/match.js';
import { planQuery } from '../../../src/embedded/store/plan.js';
import { selectDocs } from '../../../src/embedded/store/select.js';
import { readSort, sortDocs } from '../../../src/embedded/store/sort.js';
import type { Doc } from '../../../src/embedded/store/values.js';

const forgetful: Durability = {
  owner: () => null,
  changeOwner: () => true,
  docs: () => [],
  putCollection: () => undefined,
  putDoc: () => undefined,
  removeDoc: () => undefined,
  written: async () => undefined,
  close: async () => undefined,
};

const newCollection = (): Collection => ensureCollection(loadCatalog(forgetful), 'db', 'c');

const scalar = fc.constantFrom<unknown>(
  null,
  0,
  1,
  2,
  2.5,
  Number.NaN,
  'a',
  'b',
  true,
  new Date(1),
  new ObjectId('0'.repeat(24)),
  { x: 1 },
);
const value = fc.oneof({ weight: 6, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) });
const anyDoc = fc.record(
  { a: value, b: value, c: scalar, s: fc.record({ t: value }, { noNullPrototype: true }) },
  { requiredKeys: [], noNullPrototype: true },
);
const condition = fc.oneof(
  scalar,
  fc
    .record({ $gte: scalar, $lt: scalar }, { requiredKeys: [], noNullPrototype: true })
    .filter((range) => Object.keys(range).length > 0),
  fc.record({ $gt: scalar }, { noNullPrototype: true }),
  fc.record({ $lte: scalar }, { noNullPrototype: true }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }, { noNullPrototype: true }),
  fc.record({ $ne: scalar }, { noNullPrototype: true }),
  fc.record({ $exists: fc.boolean() }, { noNullPrototype: true }),
);
const fields = { a: condition, b: condition, 's.t': condition, c: condition };
const filter = fc.oneof(
  fc.record(fields, { requiredKeys: [], noNullPrototype: true }),
  fc.record(
    {
      $and: fc.array(fc.record(fields, { requiredKeys: [], noNullPrototype: true }), { minLength: 1, maxLength: 2 }),
      a: condition,
    },
    { noNullPrototype: true },
  ),
);
const direction = fc.constantFrom(1, -1);
const sort = fc.oneof(
  fc.constant({}),
  fc.record({ a: direction }, { noNullPrototype: true }),
  fc.record({ b: direction, c: direction }, { noNullPrototype: true }),
  fc.record({ a: direction, b: direction }, { noNullPrototype: true }),
  fc.record({ 's.t': direction }, { noNullPrototype: true }),
);

function scan(collection: Collection, where: Doc, order: Doc): Doc[] {
  const matches = compileFilter(where);
  const found = [...collection.docs.values()].map(({ doc }) => doc).filter(matches);
  return readSort(order).length === 0 ? found : sortDocs(found, order);
}

const SPECS: Doc[] = [
  { key: { a: 1 }, name: 'a' },
  { key: { a: 1, b: -1 }, name: 'ab' },
  { key: { b: 1, c: 1 }, name: 'bc', sparse: true },
  { key: { 's.t': -1 }, name: 'st' },
  { key: { c: 1, a: -1 }, name: 'partial', partialFilterExpression: { b: 1 } },
];

function safely(act: () => void): void {
  try {
    act();
  } catch (error) {
    // Two arrays under one compound index: refused, and nothing has changed.
    if (!(error as Error).message.includes('parallel arrays')) throw error;
  }
}

test('an index gives what a scan gives, whatever the documents, changes and queries', () => {
  fc.assert(
    fc.property(
      fc.array(anyDoc, { maxLength: 25 }),
      fc.array(fc.tuple(fc.nat(30), fc.option(anyDoc)), { maxLength: 8 }),
      fc.shuffledSubarray(SPECS, { minLength: 1 }),
      fc.array(fc.tuple(filter, sort, fc.nat(3), fc.nat(6)), { minLength: 1, maxLength: 6 }),
      (docs, changes, specs, queries) => {
        const collection = newCollection();
        for (const spec of specs) buildIndex(collection, spec as never);
        docs.forEach((doc, i) => {
          safely(() => insertDoc(collection, { _id: i, ...doc }));
        });
        for (const [at, change] of changes) {
          const stored = [...collection.docs.values()][at];
          if (stored === undefined) continue;
          if (change === null) removeDoc(collection, stored);
          else safely(() => replaceDoc(collection, stored, { _id: stored.doc['_id'], ...change }));
        }
        for (const [where, order, skip, limit] of queries) {
          const bySelect = selectDocs(collection, { filter: where as Doc, sort: order as Doc }).map(({ doc }) => doc);
          const byScan = scan(collection, where as Doc, order as Doc);
          expect(new Set(bySelect)).toEqual(new Set(byScan));
          expect(sortDocs(bySelect, order as Doc)).toEqual(bySelect);
          const page = selectDocs(collection, { filter: where as Doc, sort: order as Doc, skip, limit }).map(
            ({ doc }) => doc,
          );
          expect(page).toEqual(bySelect.slice(skip, limit === 0 ? undefined : skip + limit));
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('equality, range and sort read the index, not the collection', () => {
  const collection = newCollection();
  buildIndex(collection, { key: { partner: 1, state: 1, due: -1 }, name: 'queue' });
  buildIndex(collection, { key: { token: 1 }, name: 'token', unique: true });
  for (let i = 0; i < 5000; i++) {
    insertDoc(collection, { partner: i % 50, state: i % 2 ? 'waiting' : 'taken', due: new Date(i), token: i });
  }
  const read = (filter: Doc, sort: Doc | null, limit = Number.POSITIVE_INFINITY) => {
    const plan = planQuery(collection, filter, sort);
    let count = 0;
    for (const _ of plan.docs) if (++count >= limit) break;
    return { index: plan.index, sorted: plan.sorted, count };
  };
  expect(read({ partner: 7, state: 'waiting' }, { due: -1 })).toEqual({ index: 'queue', sorted: true, count: 100 });
  expect(read({ partner: 7, state: 'waiting' }, { due: 1 }, 10)).toEqual({ index: 'queue', sorted: true, count: 10 });
  expect(read({ partner: 7, state: 'waiting', due: { $gte: new Date(4000) } }, null).count).toBe(20);
  expect(read({ partner: 7, state: { $in: ['waiting', 'taken'] } }, { due: 1 })).toEqual({
    index: 'queue',
    sorted: false,
    count: 100,
  });
  expect(read({ partner: { $gte: 10, $lt: 12 } }, null)).toEqual({ index: 'queue', sorted: true, count: 200 });
  expect(read({ token: 4999, partner: 49 }, null)).toEqual({ index: 'token', sorted: true, count: 1 });
  expect(read({}, { token: -1 }, 3)).toEqual({ index: 'token', sorted: true, count: 3 });
  expect(read({ state: 'waiting' }, null)).toMatchObject({ index: null, count: 5000 });
});
