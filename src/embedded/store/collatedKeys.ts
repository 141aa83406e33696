import type { Collation } from './collation.js';
import { keyOf } from './keys.js';
import { bsonType, type Doc, isDoc } from './values.js';

/** A string that two values share exactly when a collation holds them equal. */
export type Collated = (value: unknown) => string;

/**
 * Keys for one set or one grouping; those of another are not to be compared with them.
 * @param collation null for code points
 */
export function collatedKeys(collation: Collation | null): Collated {
  if (collation === null) return keyOf;
  const known = new Map<string, string>();
  const ordered: string[] = [];
  /** Of all strings that are equal, the first that came. */
  const standsFor = (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    let [low, high] = [0, ordered.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (collation(ordered[middle]!, text) < 0) low = middle + 1;
      else high = middle;
    }
    const found = ordered[low];
    const first = found !== undefined && collation(found, text) === 0 ? found : text;
    if (first === text) ordered.splice(low, 0, text);
    known.set(text, first);
    return first;
  };
  const folded = (value: unknown): unknown => {
    if (typeof value === 'string') return standsFor(value);
    if (Array.isArray(value)) return value.map(folded);
    if (isDoc(value)) return mapDoc(value, folded);
    return bsonType(value) === 'BSONSymbol' ? standsFor(String(value)) : value;
  };
  return (value) => keyOf(folded(value));
}

function mapDoc(doc: Doc, change: (value: unknown) => unknown): Doc {
  return Object.fromEntries(Object.entries(doc).map(([name, value]) => [name, change(value)]));
}
