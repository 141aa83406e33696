import type { Collection } from '../collections.js';
import { planSelection, type Run, runSelection, type Selection } from '../select.js';
import type { Doc } from '../values.js';
import { type Asked, keysExamined, stagesOf } from './tree.js';

export type Verbosity = 'queryPlanner' | 'executionStats' | 'allPlansExecution';

export interface Report {
  doc: Doc;
  /** The documents that the query found; null when it was only planned. */
  found: Doc[] | null;
}

const MOST_REJECTED = 20;

/** What MongoDB's explain says of one query, with figures counted while it ran. Errors: those of the query. */
export function report(collection: Collection | null, namespace: string, asked: Asked, verbosity: Verbosity): Report {
  const started = performance.now();
  if (collection === null) return ofNothing(namespace, asked, verbosity);
  const run = verbosity === 'queryPlanner' ? null : runSelection(collection, asked.selection);
  const [plan, ...others] = run === null ? planSelection(collection, asked.selection) : [run.plan, ...run.rejected];
  const queryPlanner = {
    ...plannerHead(namespace, asked.selection),
    winningPlan: topped(stagesOf(plan, asked, null), asked, null),
    rejectedPlans: others.slice(0, MOST_REJECTED).map((other) => topped(stagesOf(other, asked, null), asked, null)),
  };
  if (run === null) return { doc: { queryPlanner, ...SERVER }, found: null };
  const executionStats = {
    ...figures(run, asked, performance.now() - started),
    executionStages: topped(stagesOf(plan, asked, run), asked, run),
    ...(verbosity === 'allPlansExecution' && { allPlansExecution: [] }),
  };
  return { doc: { queryPlanner, executionStats, ...SERVER }, found: run.found.map(({ doc }) => doc) };
}

const SERVER = { serverInfo: { host: '127.0.0.1', version: '8.0.0' } };

function plannerHead(namespace: string, { filter }: Selection): Doc {
  return { namespace, indexFilterSet: false, parsedQuery: filter };
}

function figures(run: Run, { top }: Asked, milliseconds: number): Doc {
  return {
    executionSuccess: true,
    nReturned: top === undefined ? run.found.length : 0,
    executionTimeMillis: Math.round(milliseconds),
    totalKeysExamined: keysExamined(run),
    totalDocsExamined: run.docs,
  };
}

const COUNTED = { COUNT: 'nCounted', UPDATE: 'nMatched', DELETE: 'nWouldDelete' };

/** A stage that gives no documents back stands above those that find them. */
function topped(tree: Doc, { top }: Asked, run: Run | null): Doc {
  if (top === undefined) return tree;
  const counted = run === null ? {} : { nReturned: 0, [COUNTED[top]]: run.found.length };
  // A count that reads keys alone has a name of its own.
  const inputStage = top === 'COUNT' && tree['stage'] === 'IXSCAN' ? { ...tree, stage: 'COUNT_SCAN' } : tree;
  return { stage: top, ...counted, inputStage };
}

function ofNothing(namespace: string, { selection }: Asked, verbosity: Verbosity): Report {
  const winningPlan = { stage: 'EOF' };
  const queryPlanner = { ...plannerHead(namespace, selection), winningPlan, rejectedPlans: [] };
  if (verbosity === 'queryPlanner') return { doc: { queryPlanner, ...SERVER }, found: null };
  const none = { nReturned: 0, executionTimeMillis: 0, totalKeysExamined: 0, totalDocsExamined: 0 };
  const executionStats = { executionSuccess: true, ...none, executionStages: { stage: 'EOF', nReturned: 0 } };
  return { doc: { queryPlanner, executionStats, ...SERVER }, found: [] };
}
