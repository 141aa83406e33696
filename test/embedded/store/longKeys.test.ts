import fc from 'fast-check';
import {
  allDocs,
  buildIndex,
  type Collection,
  insertDoc,
  removeDoc,
  replaceDoc,
} from '../../../src/embedded/store/collections.js';
import { compileFilter } from '../../../src/embedded/store/match.js';
import { runSelection, selectDocs } from '../../../src/embedded/store/select.js';
import { sortDocs } from '../../../src/embedded/store/sort.js';
import { validateCollection } from '../../../src/embedded/store/validate.js';
import type { Doc } from '../../../src/embedded/store/values.js';
import { openTestStorage } from './testStorage.js';

const store = openTestStorage();
afterAll(() => store.close());

const LONG = 'x'.repeat(1950);
/** Strings that begin alike for about as long as a key may be, and others around them. */
const text = fc.oneof(
  fc.constantFrom('', 'x', 'y', LONG, 'w'.repeat(3000)),
  fc
    .tuple(
      fc.constantFrom(LONG, `${LONG}${'x'.repeat(10)}`),
      fc.constantFrom('', 'a', 'b', 'aaaaaaaaaaaaaaaaaaaaaaaaa', 'z'.repeat(40)),
    )
    .map((both) => both.join('')),
);
const value = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: fc.array(text, { maxLength: 2 }) });
const doc = fc.record({ a: value, b: fc.oneof(fc.nat(3), text) }, { noNullPrototype: true });
const condition = fc.oneof(
  text,
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), text).map(([operator, one]) => ({ [operator]: one })),
  fc.array(text, { maxLength: 3 }).map((some) => ({ $in: some })),
  fc.constantFrom({ $regex: `^${LONG}a` }, { $regex: '^x' }),
);
const filter = fc.record(
  { a: condition, b: fc.oneof(fc.nat(3), condition) },
  { requiredKeys: [], noNullPrototype: true },
);

function filled(docs: Doc[], key: Doc): Collection {
  const collection = store.newCollection();
  store.storage.writeNow(() => {
    buildIndex(collection, { key, name: 'long' });
    docs.forEach((one, i) => {
      insertDoc(collection, { _id: i, ...one });
    });
    const [first, second] = [...allDocs(collection)];
    if (first !== undefined)
      replaceDoc(collection, first, { _id: 0, a: `${LONG}replaced and longer than a key may be`, b: 1 });
    if (second !== undefined) removeDoc(collection, second);
  });
  return collection;
}

test('values that are too long for a key are found and sorted as they are in full', () => {
  let indexed = 0;
  fc.assert(
    fc.property(
      fc.array(doc, { minLength: 3, maxLength: 12 }),
      fc.constantFrom({ a: 1 }, { a: -1 }, { b: 1, a: 1 }, { a: 1, b: -1 }, { b: -1, a: -1 }),
      fc.array(filter, { minLength: 3, maxLength: 6 }),
      fc.constantFrom({}, { a: 1 }, { a: -1 }, { b: 1, a: 1 }),
      (docs, key, filters, sort) => {
        const collection = filled(docs, key);
        for (const asked of filters as Doc[]) {
          const all = Array.from(allDocs(collection), (stored) => stored.doc).filter(compileFilter(asked));
          const wanted = sortDocs(all, sort);
          const run = runSelection(collection, { filter: asked, sort });
          if (run.plan.branches !== null) indexed++;
          const found = run.found.map((stored) => stored.doc);
          expect(new Set(found.map(({ _id }) => _id))).toEqual(new Set(wanted.map(({ _id }) => _id)));
          expect(sortDocs(found, sort).map(({ _id }) => _id)).toEqual(found.map(({ _id }) => _id));
          expect(selectDocs(collection, { filter: asked, countOnly: true })).toHaveLength(all.length);
        }
        expect(validateCollection(collection)).toMatchObject({ valid: true, errors: [] });
      },
    ),
    { numRuns: 120 },
  );
  expect(indexed).toBeGreaterThan(200);
});

test('long values are unique when they differ beyond what a key holds, and only then', () => {
  const collection = store.newCollection();
  const insert = (a: string) => store.storage.writeNow(() => insertDoc(collection, { a }));
  store.storage.writeNow(() => buildIndex(collection, { key: { a: 1 }, name: 'a', unique: true }));
  insert(`${'é'.repeat(2000)}1`);
  insert(`${'é'.repeat(2000)}2`);
  expect(() => insert(`${'é'.repeat(2000)}1`)).toThrow('E11000');
  expect(validateCollection(collection)).toMatchObject({ valid: true, documents: 2 });
});
