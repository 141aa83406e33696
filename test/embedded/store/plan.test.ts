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
import { runSelection, type Selection, selectDocs } from '../../../src/embedded/store/select.js';
import { sortDocs } from '../../../src/embedded/store/sort.js';
import type { Doc } from '../../../src/embedded/store/values.js';
import { anyDoc, anyFilter, anyIndexes, anySort } from './queryArbitraries.js';
import { openTestStorage } from './testStorage.js';

const store = openTestStorage();
afterAll(() => store.close());

function safely(act: () => void): void {
  try {
    act();
  } catch (error) {
    // Two arrays under one compound index: refused, and nothing has changed.
    if (!(error as Error).message.includes('parallel arrays')) throw error;
  }
}

function change(collection: Collection, changes: [number, Doc | null][]): void {
  for (const [at, after] of changes) {
    const stored = [...allDocs(collection)][at];
    if (stored === undefined) continue;
    if (after === null) removeDoc(collection, stored);
    else safely(() => replaceDoc(collection, stored, { _id: stored.doc['_id'], ...after }));
  }
}

const docsOf = (collection: Collection, selection: Selection): Doc[] =>
  selectDocs(collection, selection).map(({ doc }) => doc);

const ids = (docs: Doc[]): string[] => docs.map(({ _id }) => String(_id)).sort();

/** Whether a sort leaves two documents as they come, either way round. */
const tie = (one: Doc | undefined, other: Doc | undefined, sort: Doc): boolean =>
  one !== undefined &&
  other !== undefined &&
  sortDocs([one, other], sort)[0] === one &&
  sortDocs([other, one], sort)[0] === other;

function expectSameAsScan(collection: Collection, filter: Doc, sort: Doc, skip: number, limit: number): void {
  const all = [...allDocs(collection)].map(({ doc }) => doc).filter(compileFilter(filter));
  const expected = sortDocs(all, sort).slice(skip, limit === 0 ? undefined : skip + limit);
  expect(ids(docsOf(collection, { filter, sort }))).toEqual(ids(all));
  const page = docsOf(collection, { filter, sort, skip, limit });
  expect(page).toHaveLength(expected.length);
  expect(new Set(page).size).toBe(page.length);
  expect(page.every((doc) => all.includes(doc))).toBe(true);
  expect(page.every((doc, i) => tie(doc, expected[i], sort))).toBe(true);
  expect(selectDocs(collection, { filter, countOnly: true })).toHaveLength(all.length);
}

test('an index gives what a scan gives, whatever the documents, changes and queries', () => {
  let indexed = 0;
  fc.assert(
    fc.property(
      fc.array(anyDoc, { minLength: 5, maxLength: 25 }),
      fc.array(fc.tuple(fc.nat(30), fc.option(anyDoc)), { maxLength: 8 }),
      anyIndexes,
      fc.array(fc.tuple(anyFilter, anySort, fc.nat(3), fc.nat(6)), { minLength: 4, maxLength: 8 }),
      (docs, changes, indexes, queries) => {
        const collection = store.newCollection();
        store.storage.writeNow(() => {
          for (const spec of indexes) buildIndex(collection, spec as never);
          docs.forEach((doc, i) => {
            safely(() => insertDoc(collection, { _id: i, ...doc }));
          });
          change(collection, changes as [number, Doc | null][]);
        });
        for (const [filter, sortFor, skip, limit] of queries) {
          const sort = sortFor(indexes);
          expectSameAsScan(collection, filter as Doc, sort, skip, limit);
          if (runSelection(collection, { filter: filter as Doc, sort, limit }).plan.branches !== null) indexed++;
        }
      },
    ),
    { numRuns: 800 },
  );
  expect(indexed).toBeGreaterThan(1000);
});
