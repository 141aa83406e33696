import type { Branch } from './branches.js';
import { allDocs, type Collection, countAll, readDoc, readPart, readUnread } from './collections.js';
import { CommandError } from './errors.js';
import { BETWEEN_PAUSES, drain, type Flow, mapped, PAUSE, type Step } from './flow.js';
import { type Hint, readHint } from './hint.js';
import { keysOfDoc, type StoredDoc } from './indexes.js';
import { compileFilter, type Matcher } from './match.js';
import { type Plan, planQuery, type Query } from './plan.js';
import { readBranches, type Tallies } from './read.js';
import type { Asked } from './readBson.js';
import { PLAIN, type Settings } from './settings.js';
import { readSort } from './sort.js';
import { createSorter } from './sorter.js';
import type { Doc } from './values.js';

export interface Selection {
  filter: Doc;
  sort?: Doc;
  skip?: number;
  /** 0 for no limit. */
  limit?: number;
  /** True when only the number of documents matters: then those that surely match are not looked at. */
  countOnly?: boolean;
  /** The index to go by, by name or by keys, or { $natural: 1 }, as the client gave it. */
  hint?: unknown;
  settings?: Settings;
  /** True when the documents are passed on as they are: then those that surely match are not looked into. */
  isPassedOn?: boolean;
  /** The only fields that are passed on: then no others are read of those that surely match. */
  asked?: Asked | null;
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

/** The same, for who changes them: all are found first, and each is read again when its turn comes. */
export function* selectToChange(collection: Collection | null, selection: Selection): Generator<StoredDoc> {
  const matches = compileSelection(selection);
  if (collection === null) return;
  const begun = begin(collection, selection, matches);
  for (const no of drain(mapped(results(begun), ({ no }) => no))) {
    const stored = readDoc(collection, no);
    if (stored !== null) yield stored;
  }
}

/**
 * The same, one by one: what the order and the skipping do not call for is read only when it is asked for. Others may write
 * in between. Errors: as selectDocs; while reading, CommandError 175 when what is read is dropped.
 */
export function streamDocs(collection: Collection | null, selection: Selection): Flow {
  const matches = compileSelection(selection);
  return collection === null ? [] : docsOf(begin(collection, selection, matches));
}

/** All documents with their numbers, read as they are asked for. */
export function streamStored(collection: Collection): Flow<StoredDoc> {
  return results(begin(collection, { filter: {} }, () => true));
}

function* docsOf(begun: Begun): Generator<Step> {
  for (const step of results(begun)) yield step === PAUSE ? PAUSE : step.doc;
}

/** The same, with what was done to find them. */
export function runSelection(collection: Collection, selection: Selection): Run {
  return run(collection, selection, compileSelection(selection));
}

/** The plans for a selection, the best first, without running any. Errors: as selectDocs. */
export function planSelection(collection: Collection, selection: Selection): [Plan, ...Plan[]] {
  compileSelection(selection);
  return plansFor(collection, selection, readHint(collection, selection.hint));
}

/** A collation has an order that no index gives; so has a hint at the collection's own. */
function plansFor(collection: Collection, selection: Selection, hint: Hint | null): [Plan, ...Plan[]] {
  const query = queryOf(selection);
  const isCollated = (selection.settings ?? PLAIN).collation !== null;
  if (isCollated || naturalWay(selection, hint) !== null) {
    return [{ branches: null, sorted: query.sort === null, cost: 0 }];
  }
  if (hint === null || !('index' in hint)) return planQuery(collection, query);
  const hinted = { ...query, only: hint.index };
  const plans = planQuery(collection, hinted);
  if (plans[0].branches !== null || query.sort !== null) return plans;
  // Nothing is asked of its columns: the whole of it is read, in its order.
  return planQuery(collection, { ...hinted, sort: hint.index.spec.key });
}

/** The way to read the collection in its own order, when a hint or the sort asks for that. */
function naturalWay({ sort = {} }: Selection, hint: Hint | null): 1 | -1 | null {
  if (hint !== null && 'natural' in hint) return hint.natural;
  if (!Object.hasOwn(sort, '$natural')) return null;
  return Number(sort['$natural']) < 0 ? -1 : 1;
}

/** Whether a plan finds the number of documents without looking at them. */
export function isCovered({ branches }: Plan, { countOnly, filter }: Selection): boolean {
  if (countOnly !== true) return false;
  return branches === null ? Object.keys(filter).length === 0 : branches.every(({ exact }) => exact);
}

/** Whether a plan finds the documents that match, and no others, in their order. */
function isSure({ branches, sorted }: Plan): boolean {
  return sorted && branches?.every(({ exact }) => exact) === true;
}

/** How to read documents that surely match; null: like all others. */
function readerOf({ isPassedOn, asked }: Selection): Read | null {
  if (isPassedOn === true) return readUnread;
  return asked ? (collection, no) => readPart(collection, no, asked) : null;
}

function compileSelection({ filter, sort = {}, settings = PLAIN }: Selection): Matcher {
  if (!isNatural(sort)) readSort(sort);
  return compileFilter(filter, settings);
}

function isNatural(sort: Doc): boolean {
  return Object.keys(sort).join() === '$natural';
}

function queryOf({ filter, sort = {}, skip = 0, limit = 0, countOnly }: Selection): Query {
  const isSorted = countOnly !== true && Object.keys(sort).length > 0 && !isNatural(sort);
  return { filter, sort: isSorted ? sort : null, limit: limit > 0 ? skip + limit : Number.POSITIVE_INFINITY };
}

interface Begun {
  collection: Collection;
  selection: Selection;
  matches: Matcher;
  query: Query;
  hint: Hint | null;
  done: Run;
}

function begin(collection: Collection, selection: Selection, matches: Matcher): Begun {
  const hint = readHint(collection, selection.hint);
  const [plan, ...rejected] = plansFor(collection, selection, hint);
  const done: Run = { plan, rejected, tallies: new Map(), docs: 0, matched: 0, found: [] };
  return { collection, selection, matches, query: queryOf(selection), hint, done };
}

function run(collection: Collection, selection: Selection, matches: Matcher): Run {
  const begun = begin(collection, selection, matches);
  begun.done.found = drain(results(begun));
  return begun.done;
}

function* results(begun: Begun): Generator<Step<StoredDoc>> {
  const { collection, selection, query, done } = begun;
  const { skip = 0, settings = PLAIN } = selection;
  if (done.plan.sorted) {
    for (const step of matching(begun)) {
      if (step === PAUSE || done.matched > skip) yield step;
      if (done.matched >= query.limit) return;
    }
    return;
  }
  const sorter = createSorter(collection, query.sort!, settings.collation, query.limit);
  for (const step of matching(begun)) {
    if (step === PAUSE) yield PAUSE;
    else sorter.add(step);
  }
  let at = 0;
  for (const step of sorter.sorted()) if (step === PAUSE || at++ >= skip) yield step;
}

/** The documents that match, as they are found. */
function* matching({ collection, selection, matches, query, hint, done }: Begun): Generator<Step<StoredDoc>> {
  const { plan, tallies } = done;
  const isLeftOut = plan.branches === null ? leftOutOf(hint) : null;
  const covered = isLeftOut === null && isCovered(plan, selection);
  const order = plan.sorted ? query.sort : null;
  const readSure = isLeftOut === null && isSure(plan) ? readerOf(selection) : null;
  const docs = covered
    ? unseen(collection, plan, tallies)
    : plan.branches === null
      ? allDocs(collection, naturalWay(selection, hint) ?? 1)
      : foundBy(collection, plan.branches, order, tallies, readSure ?? readDoc);
  let looked = 0;
  for (const stored of docs) {
    if (++looked % BETWEEN_PAUSES === 0) yield PAUSE;
    refuseDropped(collection, plan);
    if (!covered) {
      done.docs++;
      if (readSure === null && (!matches(stored.doc) || isLeftOut?.(stored.doc))) continue;
    }
    done.matched++;
    yield stored;
  }
  refuseDropped(collection, plan);
}

/** A reading that others came in between of may find that there is nothing left of what it reads. */
function refuseDropped({ isDropped }: Collection, { branches }: Plan): void {
  if (isDropped) throw new CommandError(175, 'collection dropped between two batches');
  if (branches?.some(({ index }) => index.isDropped) === true) {
    throw new CommandError(175, 'query plan killed: index dropped between two batches');
  }
}

type Read = (collection: Collection, no: number) => StoredDoc | null;

function* foundBy(collection: Collection, branches: Branch[], order: Doc | null, tallies: Tallies, read: Read) {
  for (const no of readBranches(collection.storage, branches, order, tallies)) {
    const stored = read(collection, no);
    if (stored !== null) yield stored;
  }
}

/** Stands for a document of which nothing matters but that it is there. */
const SOME: StoredDoc = { no: 0, doc: {} };

/** As many of them as match, without looking at any. */
function* unseen(collection: Collection, { branches }: Plan, tallies: Tallies): Generator<StoredDoc> {
  if (branches === null) for (let left = countAll(collection); left > 0; left--) yield SOME;
  else for (const _ of readBranches(collection.storage, branches, null, tallies)) yield SOME;
}

/** A hint at an index that leaves documents out leaves them out of the answer, whether or not its keys help. */
function leftOutOf(hint: Hint | null): Matcher | null {
  if (hint === null || 'natural' in hint) return null;
  const { sparse, partialFilterExpression: partial } = hint.index.spec;
  return sparse !== true && partial === undefined ? null : (doc) => keysOfDoc(hint.index, doc).length === 0;
}
