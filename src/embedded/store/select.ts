import type { Collection } from './collections.js';
import type { StoredDoc } from './indexes.js';
import { compileFilter } from './match.js';
import { planQuery } from './plan.js';
import { readSort, sortDocs } from './sort.js';
import type { Doc } from './values.js';

export interface Selection {
  filter: Doc;
  sort?: Doc;
  skip?: number;
  /** 0 for no limit. */
  limit?: number;
}

/** The documents that match, in order, through the best index. Errors: CommandError for what the filter or sort cannot be. */
export function selectDocs(
  collection: Collection | null,
  { filter, sort = {}, skip = 0, limit = 0 }: Selection,
): StoredDoc[] {
  const matches = compileFilter(filter);
  readSort(sort);
  if (collection === null) return [];
  const plan = planQuery(collection, filter, sort);
  const enough = plan.sorted && limit > 0 ? skip + limit : Number.POSITIVE_INFINITY;
  const found: StoredDoc[] = [];
  for (const stored of plan.docs) {
    if (!matches(stored.doc)) continue;
    found.push(stored);
    if (found.length >= enough) break;
  }
  const ordered = plan.sorted ? found : sortStored(found, sort);
  return ordered.slice(skip, limit > 0 ? skip + limit : undefined);
}

function sortStored(found: StoredDoc[], sort: Doc): StoredDoc[] {
  const byDoc = new Map(found.map((stored) => [stored.doc, stored]));
  return sortDocs([...byDoc.keys()], sort).map((doc) => byDoc.get(doc)!);
}
