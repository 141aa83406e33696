import type { Collation } from './collation.js';
import { type Collection, readDoc } from './collections.js';
import type { Step } from './flow.js';
import type { StoredDoc } from './indexes.js';
import { inOrder } from './inOrder.js';
import { type Column, compareSortKeys, readSort, sortKeysOf } from './sort.js';
import type { Doc } from './values.js';

/** A document on its way to being sorted; when there are many, it is read again once its place is known. */
interface Waiting {
  no: number;
  doc: Doc | null;
  keys: unknown[];
}

/** As many documents as are kept while they wait. */
const KEPT = 2000;
/** When more than so many times the limit wait, those beyond it are let go. */
const SLACK = 4;

/**
 * Takes documents one by one, and gives them back in order: all, or the first `limit`. Of a large result it holds the sort
 * keys alone. Documents that are equal keep their order.
 */
export function createSorter(collection: Collection, sort: Doc, collation: Collation | null, limit: number) {
  const columns: Column[] = readSort(sort);
  let waiting: Waiting[] = [];
  const most = Math.max(KEPT, limit * SLACK);
  const order = (a: Waiting, b: Waiting) => compareSortKeys(a.keys, b.keys, columns, collation);
  const arrange = () => {
    waiting.sort(order);
    waiting.length = Math.min(waiting.length, limit);
  };
  return {
    add: ({ no, doc }: StoredDoc) => {
      const keys = sortKeysOf(doc, columns, collation);
      waiting.push({ no, doc: waiting.length < KEPT ? doc : null, keys });
      if (waiting.length > most) arrange();
    },
    *sorted(): Generator<Step<StoredDoc>> {
      const all = (yield* inOrder(waiting, order)).slice(0, limit);
      waiting = [];
      for (const { no, doc } of all) {
        const stored = doc === null ? readDoc(collection, no) : { no, doc };
        if (stored !== null) yield stored;
      }
    },
  };
}
