import type { Collection } from './collections.js';
import { compare } from './compare.js';
import { CommandError } from './errors.js';
import type { Index } from './indexes.js';
import { isDoc } from './values.js';

/** What a hint asks for: an index to go by, or the collection in its own order, forwards or backwards. */
export type Hint = { index: Index } | { natural: 1 | -1 };

/**
 * Reads a hint by name or by keys; null when there is none, or nothing that it could be about.
 * Errors: CommandError 2 when the collection has no such index.
 */
export function readHint(collection: Collection | null, given: unknown): Hint | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== 'string' && !isDoc(given)) throw new CommandError(9, 'Hint must be a string or an object');
  if (isDoc(given) && Object.keys(given).length === 0) return null;
  if (isDoc(given) && Object.hasOwn(given, '$natural')) return { natural: Number(given['$natural']) < 0 ? -1 : 1 };
  if (collection === null) return null;
  const index = [collection.idIndex, ...collection.indexes].find(({ spec }) =>
    typeof given === 'string' ? spec.name === given : compare(spec.key, given) === 0,
  );
  if (index === undefined) {
    throw new CommandError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  return { index };
}
