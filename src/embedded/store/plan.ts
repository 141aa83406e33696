import { type Branch, branchesOf } from './branches.js';
import type { Collection } from './collections.js';
import { conjunctionsOf } from './conjunctions.js';
import { type Facts, factsOf } from './facts.js';
import type { Index } from './indexes.js';
import { sameIntervals } from './intervals.js';
import { hasOperators } from './match.js';
import { MISSING } from './paths.js';
import { bsonType, type Doc } from './values.js';
import { weigh } from './weigh.js';

/** How the documents of a query are found. */
export interface Plan {
  /** Together they give every document that may match; null for all of the collection. */
  branches: Branch[] | null;
  /** Whether the documents come in the order that was asked for. */
  sorted: boolean;
  /** What it is expected to cost, in keys read. */
  cost: number;
}

/** What is asked: a sort of null asks for no order, a limit counts what is skipped too. */
export interface Query {
  filter: Doc;
  sort: Doc | null;
  limit: number;
  /** The one index that may be used; undefined for the best. */
  only?: Index;
}

/**
 * Chooses how to read the collection. Keys are counted where they are few; how many documents of a stretch match is estimated.
 * Gives the best plan first, then the others.
 */
export function planQuery(collection: Collection, query: Query): [Plan, ...Plan[]] {
  const byOne = branchesFor(collection, factsOf(conjunctionsOf(query.filter, false)[0]!), query);
  const byClause = mentionsOr(query.filter) ? clausesOf(collection, query) : [];
  const branches = [...byOne, ...byClause.flat()];
  if (byOne.length + byClause.length > 1) weigh(collection, branches, query.limit);
  const plans = [...byOne.map((branch) => planOf([branch], query)), ...plansByOr(byClause, query)];
  const fewest = Math.min(...plans.map((plan) => keysOf(plan.branches)));
  for (const plan of plans) plan.cost = costOf(plan, query, fewest);
  const [best, ...others] = plans.sort((a, b) => a.cost - b.cost || preference(b) - preference(a));
  if (best !== undefined) return [best, ...others];
  return [{ branches: null, sorted: query.sort === null, cost: collection.count }];
}

function clausesOf(collection: Collection, query: Query): Branch[][] {
  const clauses = conjunctionsOf(query.filter, true);
  return clauses.length < 2 ? [] : clauses.map((clause) => branchesFor(collection, factsOf(clause), query));
}

/** Each clause of an $or through an index of its own, once by the fewest keys and once in order. */
function plansByOr(byClause: Branch[][], query: Query): Plan[] {
  if (byClause.length === 0) return [];
  const fewest = byClause.map((branches) => best(branches));
  const ordered = byClause.map((branches) => best(branches.filter(({ order }) => order !== null)));
  return (query.sort === null ? [fewest] : [fewest, ordered])
    .filter((branches) => branches.every((branch) => branch !== undefined))
    .map((branches) => planOf(distinct(branches as Branch[]), query));
}

/** Clauses that differ in what no index tells lead to the same keys: these are read once. */
function distinct(branches: Branch[]): Branch[] {
  const kept: Branch[] = [];
  for (const branch of branches) {
    const same = kept.findIndex((other) => readsTheSame(other, branch));
    if (same < 0) kept.push(branch);
    else kept[same] = { ...branch, exact: kept[same]!.exact || branch.exact };
  }
  return kept;
}

function readsTheSame(a: Branch, b: Branch): boolean {
  if (a.index !== b.index) return false;
  return a.bounds.every((bound, i) => {
    const other = b.bounds[i] ?? null;
    return bound === null || other === null ? bound === other : sameIntervals(bound.intervals, other.intervals);
  });
}

function mentionsOr(filter: Doc): boolean {
  return '$or' in filter || ((filter['$and'] as Doc[] | undefined)?.some(mentionsOr) ?? false);
}

function branchesFor(collection: Collection, facts: Facts, { filter, sort, only }: Query): Branch[] {
  if (only !== undefined) return branchesOf(only, facts, sort);
  const { idIndex, indexes, storage } = collection;
  const usable = indexes.filter(({ isReady }) => isReady || storage.isWriting());
  const candidates = idEquality(filter) === MISSING ? [idIndex, ...usable] : [idIndex];
  return candidates.flatMap((index) => branchesOf(index, facts, sort));
}

function best(branches: Branch[]): Branch | undefined {
  return branches.sort((a, b) => a.keys - b.keys || boundColumns(b) - boundColumns(a))[0];
}

function planOf(branches: Branch[], { sort }: Query): Plan {
  return { branches, sorted: sort === null || branches.every(({ order }) => order !== null), cost: 0 };
}

function keysOf(branches: Branch[] | null): number {
  return (branches ?? []).reduce((sum, { keys }) => sum + keys, 0);
}

/**
 * No more documents match than the narrowest plan has keys. A plan in order stops at the limit: it reads the share of its
 * keys that the limit is of those. One out of order reads all and sorts.
 */
function costOf({ branches, sorted }: Plan, { limit }: Query, fewest: number): number {
  const keys = keysOf(branches);
  if (!sorted) return keys * (1.5 + 0.1 * Math.log2(keys + 1));
  return keys * Math.min(1, limit / fewest || 0);
}

/** Between equal costs: the fewer stretches, then the more that is known from the keys, then the shorter keys. */
function preference({ branches }: Plan): number {
  const all = branches ?? [];
  const scans = all.reduce((sum, branch) => sum + branch.scans.length, 0);
  const known = Math.min(...all.map((branch) => boundColumns(branch) + Number(branch.exact)));
  const columns = Math.max(...all.map(({ bounds }) => bounds.length));
  return -10_000 * scans + 100 * known - columns;
}

function boundColumns({ bounds }: Branch): number {
  return bounds.filter((bound) => bound !== null).length;
}

/** Reads a filter's `_id` equality, the most common query of all; MISSING when it has none. */
function idEquality(filter: Doc): unknown {
  const condition = Object.hasOwn(filter, '_id') ? filter['_id'] : MISSING;
  if (!hasOperators(condition)) return bsonType(condition) === 'BSONRegExp' ? MISSING : condition;
  return Object.keys(condition).length === 1 && '$eq' in condition ? condition['$eq'] : MISSING;
}

/** Whether a query asks for one document by its _id and nothing else. */
export function isIdLookup(filter: Doc): boolean {
  return Object.keys(filter).length === 1 && idEquality(filter) !== MISSING;
}
