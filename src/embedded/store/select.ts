import type { Collection } from './collections.js';
import type { StoredDoc } from './indexes.js';
import { compileFilter, type Matcher } from './match.js';
import { type Plan, planQuery, type Query } from './plan.js';
import { readBranches, type Tallies } from './read.js';
import { readSort, sortDocs } from './sort.js';
import type { Doc } from './values.js';

export interface Selection {
  filter: Doc;
  sort?: Doc;
  skip?: number;
  /** 0 for no limit. */
  limit?: number;
  /** True when only the number of documents matters: then those that surely match are not looked at. */
  countOnly?: boolean;
}

/** How a selection went, for explain. */
export interface Run {
  plan: Plan;
  rejected: Plan[];
  tallies: Tallies;
  /** How many documents were looked at. */
  docs: number;
  /** How many of them matched, before sort, skip and limit. */
  matched: number;
  found: StoredDoc[];
}

/** The documents that match, in order, through the best index. Errors: CommandError for what the filter or sort cannot be. */
export function selectDocs(collection: Collection | null, selection: Selection): StoredDoc[] {
  const matches = compileSelection(selection);
  return collection === null ? [] : run(collection, selection, matches).found;
}

/** The same, with what was done to find them. */
export function runSelection(collection: Collection, selection: Selection): Run {
  return run(collection, selection, compileSelection(selection));
}

/** The plans for a selection, the best first, without running any. Errors: as selectDocs. */
export function planSelection(collection: Collection, selection: Selection): [Plan, ...Plan[]] {
  compileSelection(selection);
  return planQuery(collection, queryOf(selection));
}

/** Whether a plan finds the number of documents without looking at them. */
export function isCovered({ branches }: Plan, { countOnly, filter }: Selection): boolean {
  if (countOnly !== true) return false;
  return branches === null ? Object.keys(filter).length === 0 : branches.every(({ exact }) => exact);
}

function compileSelection({ filter, sort = {} }: Selection): Matcher {
  readSort(sort);
  return compileFilter(filter);
}

function queryOf({ filter, sort = {}, skip = 0, limit = 0, countOnly }: Selection): Query {
  const isSorted = countOnly !== true && Object.keys(sort).length > 0;
  return { filter, sort: isSorted ? sort : null, limit: limit > 0 ? skip + limit : Number.POSITIVE_INFINITY };
}

function run(collection: Collection, selection: Selection, matches: Matcher): Run {
  const query = queryOf(selection);
  const [plan, ...rejected] = planQuery(collection, query);
  const done: Run = { plan, rejected, tallies: new Map(), docs: 0, matched: 0, found: [] };
  const covered = isCovered(plan, selection);
  const enough = plan.sorted ? query.limit : Number.POSITIVE_INFINITY;
  const found: StoredDoc[] = [];
  const order = plan.sorted ? query.sort : null;
  const docs = plan.branches === null ? collection.docs.values() : readBranches(plan.branches, order, done.tallies);
  for (const stored of docs) {
    if (!covered) {
      done.docs++;
      if (!matches(stored.doc)) continue;
    }
    found.push(stored);
    if (found.length >= enough) break;
  }
  done.matched = found.length;
  const { skip = 0 } = selection;
  done.found = (plan.sorted ? found : sortStored(found, query.sort!)).slice(
    skip,
    Number.isFinite(query.limit) ? query.limit : undefined,
  );
  return done;
}

function sortStored(found: StoredDoc[], sort: Doc): StoredDoc[] {
  const byDoc = new Map(found.map((stored) => [stored.doc, stored]));
  return sortDocs([...byDoc.keys()], sort).map((doc) => byDoc.get(doc)!);
}
