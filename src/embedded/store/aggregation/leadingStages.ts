import type { Selection } from '../select.js';
import { type Doc, integer, isDoc } from '../values.js';
import { hoist } from './hoist.js';

/** The beginning of a pipeline that can be read through the indexes, and the stages that come after it. */
export interface Leading {
  selection: Selection;
  rest: Doc[];
}

/**
 * Takes the first $match stages, then a $sort, a $skip and a $limit, in that order, as far as they are there, or may be brought
 * there.
 */
export function leadingStages(given: Doc[]): Leading {
  const pipeline = hoist(given);
  let at = 0;
  const take = (name: string): unknown => {
    const stage = pipeline[at];
    if (stage === undefined || !(name in stage)) return undefined;
    at++;
    return stage[name];
  };
  const filters: Doc[] = [];
  for (let filter = take('$match'); filter !== undefined; filter = take('$match')) filters.push(filter as Doc);
  const sort = (take('$sort') ?? {}) as Doc;
  const skip = integer(take('$skip') ?? 0, '$skip');
  const limit = integer(take('$limit') ?? 0, '$limit');
  const rest = pipeline.slice(at);
  const filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  return { selection: { filter, sort, skip, limit, countOnly: onlyCounts(rest[0]) }, rest };
}

/** Whether a stage looks at nothing in its documents: $count, or a $group like countDocuments makes it. */
function onlyCounts(stage: Doc | undefined): boolean {
  if (stage === undefined) return false;
  if ('$count' in stage) return true;
  const group = stage['$group'];
  if (!isDoc(group)) return false;
  return Object.entries(group).every(([name, value]) => {
    if (name === '_id') return isConstant(value);
    return isDoc(value) && Object.keys(value).join() === '$sum' && isConstant(value['$sum']);
  });
}

function isConstant(value: unknown): boolean {
  return value === null || typeof value === 'number';
}
