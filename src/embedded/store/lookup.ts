import { type Catalog, findCollection } from './catalog.js';
import { allDocs } from './collections.js';
import { CommandError } from './errors.js';
import { documentOperand } from './expressions/scope.js';
import { keyOf } from './keys.js';
import { candidates, MISSING, splitPath, withValueAt } from './paths.js';
import type { Settings } from './settings.js';
import type { Doc } from './values.js';

/** Where the documents of other collections are found. */
export interface Surroundings {
  /** null where no other collection may be read: within an update. */
  catalog: Catalog | null;
  database: string;
  settings?: Settings;
}

/**
 * Compiles $lookup by equality of two fields; a missing field counts as null, the elements of arrays count each.
 * Errors: CommandError naming an argument that is not served (let, pipeline).
 */
export function lookup(operand: unknown, { catalog, database }: Surroundings): (docs: Doc[]) => Doc[] {
  const { from, localField, foreignField, as } = documentOperand('$lookup', operand, [
    'from',
    'localField',
    'foreignField',
    'as',
  ]);
  if (![from, localField, foreignField, as].every((value) => typeof value === 'string')) {
    throw new CommandError(9, '$lookup requires from, localField, foreignField and as');
  }
  const [local, foreign, target] = [localField, foreignField, as].map((path) => splitPath(String(path)));
  return (docs) => {
    const collection = catalog === null ? null : findCollection(catalog, database, String(from));
    const others = collection === null ? [] : Array.from(allDocs(collection), ({ doc }) => doc);
    const byValue = new Map<string, Set<Doc>>();
    for (const other of others)
      for (const key of joinKeys(other, foreign!, true)) byValue.set(key, (byValue.get(key) ?? new Set()).add(other));
    return docs.map((doc) => {
      const found = new Set(joinKeys(doc, local!, false).flatMap((key) => [...(byValue.get(key) ?? [])]));
      return withValueAt(doc, target!, () => others.filter((other) => found.has(other))) as Doc;
    });
  };
}

function joinKeys(doc: Doc, segments: string[], whole: boolean): string[] {
  const values = candidates(doc, segments);
  const kept = whole || values.length === 1 ? values : values.filter((value) => !Array.isArray(value));
  return kept.map((value) => keyOf(value === MISSING ? null : value));
}
