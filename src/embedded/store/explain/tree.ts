import type { Branch, Scan } from '../branches.js';
import { isIdLookup, type Plan } from '../plan.js';
import { isCovered, type Run, type Selection } from '../select.js';
import type { Doc } from '../values.js';
import { showBounds } from './bounds.js';

/** A query as explain tells of it. */
export interface Asked {
  selection: Selection;
  projection?: Doc;
  /** What is done with the documents, when they are not given back. */
  top?: 'COUNT' | 'UPDATE' | 'DELETE';
}

/**
 * The tree of stages of a plan, in MongoDB's names: the last stage first, its input within.
 * @param run what happened when it ran, for figures beside each stage; null when it did not
 */
export function stagesOf(plan: Plan, { selection, projection }: Asked, run: Run | null): Doc {
  const { sort = {}, skip = 0, limit = 0 } = selection;
  const returned = run === null ? {} : { nReturned: run.found.length };
  const isSorting = !plan.sorted;
  let tree = isCovered(plan, selection) ? keyStages(plan, selection, run) : documentStages(plan, selection, run);
  if (isSorting) {
    const sorted = Math.min(run?.matched ?? 0, limit > 0 ? skip + limit : Number.POSITIVE_INFINITY);
    const figures = run === null ? {} : { nReturned: sorted };
    tree = {
      stage: 'SORT',
      ...figures,
      sortPattern: sort,
      ...(limit > 0 && { limitAmount: skip + limit }),
      type: 'simple',
      inputStage: tree,
    };
  }
  if (projection !== undefined && Object.keys(projection).length > 0) {
    const figures = run === null ? {} : { nReturned: tree['nReturned'] };
    tree = { stage: 'PROJECTION_SIMPLE', ...figures, transformBy: projection, inputStage: tree };
  }
  if (skip > 0) tree = { stage: 'SKIP', ...returned, skipAmount: skip, inputStage: tree };
  if (limit > 0 && !isSorting) tree = { stage: 'LIMIT', ...returned, limitAmount: limit, inputStage: tree };
  return tree;
}

function documentStages(plan: Plan, selection: Selection, run: Run | null): Doc {
  const { filter } = selection;
  const figures = run === null ? {} : { nReturned: run.matched, docsExamined: run.docs };
  if (plan.branches === null) return { stage: 'COLLSCAN', ...figures, filter, direction: 'forward' };
  if (isIdLookup(filter)) {
    return { stage: 'IDHACK', ...figures, ...(run !== null && { keysExamined: keysExamined(run) }) };
  }
  return { stage: 'FETCH', ...figures, filter, inputStage: keyStages(plan, selection, run) };
}

function keyStages({ branches, sorted }: Plan, { sort = {}, countOnly }: Selection, run: Run | null): Doc {
  if (branches === null) return { stage: 'RECORD_STORE_FAST_COUNT' };
  const isMerging = sorted && countOnly !== true && Object.keys(sort).length > 0;
  const inputs = branches.flatMap((branch) =>
    isMerging && branch.scans.length > 0
      ? branch.scans.map((scan) => scanStage(branch, [scan], run))
      : [scanStage(branch, branch.scans, run)],
  );
  if (inputs.length === 1) return inputs[0]!;
  if (isMerging) return { stage: 'SORT_MERGE', sortPattern: sort, inputStages: inputs };
  return { stage: 'OR', inputStages: inputs };
}

function scanStage(branch: Branch, scans: Scan[], run: Run | null): Doc {
  const { spec, directions, spread } = branch.index;
  const read = scans.map((scan) => run?.tallies.get(scan) ?? { keys: 0, passed: 0 });
  const sum = (figure: 'keys' | 'passed') => read.reduce((total, tally) => total + tally[figure], 0);
  const paths = Object.keys(spec.key);
  return {
    stage: 'IXSCAN',
    ...(run !== null && { nReturned: sum('passed'), keysExamined: sum('keys') }),
    keyPattern: Object.fromEntries(paths.map((path, i) => [path, directions[i]!])),
    indexName: spec.name,
    isMultiKey: spread.includes(true),
    multiKeyPaths: Object.fromEntries(paths.map((path, i) => [path, spread[i] ? [path] : []])),
    isUnique: spec.unique === true,
    isSparse: spec.sparse === true,
    isPartial: spec.partialFilterExpression !== undefined,
    indexVersion: 2,
    direction: branch.order?.direction === -1 ? 'backward' : 'forward',
    indexBounds: showBounds(branch, scans),
  };
}

export function keysExamined({ tallies }: Run): number {
  return [...tallies.values()].reduce((total, { keys }) => total + keys, 0);
}
