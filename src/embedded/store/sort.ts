import type { Collation } from './collation.js';
import { compare } from './compare.js';
import { CommandError, notServed } from './errors.js';
import { candidates, MISSING, splitPath } from './paths.js';
import { type Doc, isDoc } from './values.js';

/**
 * Sorts documents as MongoDB does: by its order of types; of an array counts the least element ascending, the greatest
 * descending; a missing field counts as null. Documents that are equal keep their order.
 * Errors: CommandError when the sort is not made of 1 and -1.
 */
export function sortDocs(docs: Doc[], sort: Doc, collation: Collation | null = null): Doc[] {
  const columns = readSort(sort);
  if (columns.length === 0) return docs;
  const decorated = docs.map((doc) => ({ doc, keys: sortKeysOf(doc, columns, collation) }));
  decorated.sort((a, b) => compareSortKeys(a.keys, b.keys, columns, collation));
  return decorated.map(({ doc }) => doc);
}

export function sortKeysOf(doc: Doc, columns: Column[], collation: Collation | null): unknown[] {
  return columns.map((column) => sortKey(doc, column, collation));
}

export function compareSortKeys(a: unknown[], b: unknown[], columns: Column[], collation: Collation | null): number {
  for (let i = 0; i < columns.length; i++) {
    const order = compare(a[i], b[i], collation);
    if (order !== 0) return order * columns[i]!.direction;
  }
  return 0;
}

export interface Column {
  segments: string[];
  direction: 1 | -1;
}

export function readSort(sort: unknown): Column[] {
  if (!isDoc(sort)) throw new CommandError(14, 'A sort must be a document');
  return Object.entries(sort).map(([path, direction]) => {
    if (isDoc(direction)) throw notServed(`Sorting by ${Object.keys(direction)[0] ?? 'a document'}`);
    if (path.startsWith('$')) throw notServed(`Sorting by ${path}`);
    const number = Number(direction);
    if (number !== 1 && number !== -1)
      throw new CommandError(15975, `$sort key ordering must be 1 (ascending) or -1 (descending)`);
    return { segments: splitPath(path), direction: number };
  });
}

function sortKey(doc: Doc, { segments, direction }: Column, collation: Collation | null): unknown {
  const values = candidates(doc, segments, false);
  if (values.length === 1 && !Array.isArray(values[0])) return values[0] === MISSING ? null : values[0];
  const elements = values.flatMap(elementsOf);
  if (elements.length === 0) return null;
  return elements.reduce((best, value) => (compare(value, best, collation) * direction < 0 ? value : best));
}

/** An empty array sorts below null. */
function elementsOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [value === MISSING ? null : value];
  return value.length === 0 ? [undefined] : value;
}
