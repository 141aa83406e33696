import { CommandError } from '../errors.js';
import { type Flow, PAUSE, type Step } from '../flow.js';
import { createBudget, footprint } from '../footprint.js';
import { inOrder } from '../inOrder.js';
import { compareSortKeys, readSort, sortKeysOf } from '../sort.js';
import { type Doc, isDoc } from '../values.js';
import { groupDocs } from './group.js';
import type { Stage, Surroundings } from './stage.js';

interface Waiting {
  doc: Doc;
  keys: unknown[];
}

/** When more than so many times the limit wait, those beyond it are let go. */
const SLACK = 4;
const FEW = 256;

/** Compiles $sort; when a $limit follows, no more is held than that calls for. */
export function sortStage(operand: unknown, { settings: { collation } }: Surroundings, next: Doc[]): Stage {
  if (!isDoc(operand)) throw new CommandError(15973, 'the $sort key specification must be an object');
  const columns = readSort(operand);
  if (columns.length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
  const order = (a: Waiting, b: Waiting) => compareSortKeys(a.keys, b.keys, columns, collation);
  const limit = limitAfter(next);
  const most = Math.max(FEW, limit * SLACK);
  return function* (flow: Flow): Generator<Step> {
    const hold = createBudget('$sort');
    let waiting: Waiting[] = [];
    for (const step of flow) {
      if (step === PAUSE) yield PAUSE;
      else {
        hold(footprint(step));
        waiting.push({ doc: step, keys: sortKeysOf(step, columns, collation) });
        if (waiting.length > most) {
          waiting = yield* inOrder(waiting, order);
          for (const { doc } of waiting.splice(limit)) hold(-footprint(doc));
        }
      }
    }
    const sorted = yield* inOrder(waiting, order);
    waiting = [];
    for (let i = 0; i < Math.min(limit, sorted.length); i++) yield sorted[i]!.doc;
  };
}

function limitAfter(next: Doc[]): number {
  const skip = Number(next[0]?.['$skip'] ?? 0);
  const limit = next[skip > 0 ? 1 : 0]?.['$limit'];
  return limit === undefined || Number.isNaN(skip) ? Number.POSITIVE_INFINITY : skip + Number(limit);
}

export function sortByCount(operand: unknown, around: Surroundings): Stage {
  const isOperator = isDoc(operand) && Object.keys(operand)[0]?.startsWith('$') === true;
  if (!isOperator && !(typeof operand === 'string' && operand.startsWith('$')))
    throw new CommandError(
      40147,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  const group = groupDocs({ _id: operand, count: { $sum: 1 } }, around.settings);
  const sort = sortStage({ count: -1 }, around, []);
  return (flow) => sort(group(flow));
}
