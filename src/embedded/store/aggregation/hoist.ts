import { type Doc, isDoc } from '../values.js';

/**
 * Brings $match, $sort, $skip and $limit before stages that do not change what they look at, so that indexes serve them: those
 * of a view, $addFields, $unset and the like.
 */
export function hoist(pipeline: Doc[]): Doc[] {
  const out: Doc[] = [];
  for (const stage of pipeline) {
    const name = nameOf(stage);
    let at = out.length;
    while (at > 0 && mayPass(name, stage[name], out[at - 1]!)) at--;
    // To sort or cut earlier only helps where an index can serve it.
    const isLeading = name === '$match' || out.slice(0, at).every((before) => LEADING[name]?.includes(nameOf(before)));
    out.splice(isLeading ? at : out.length, 0, stage);
  }
  return out;
}

/** What may stand before a stage that is read through the indexes. */
const LEADING: Record<string, string[]> = {
  $sort: ['$match'],
  $skip: ['$match', '$sort'],
  $limit: ['$match', '$sort', '$skip'],
};

/** Stages that give one document for each. */
const ONE_TO_ONE = ['$addFields', '$set', '$unset', '$project', '$lookup'];

const nameOf = (stage: Doc): string => Object.keys(stage)[0]!;

function mayPass(name: string, operand: unknown, before: Doc): boolean {
  const other = nameOf(before);
  if (name === '$skip' || name === '$limit') return ONE_TO_ONE.includes(other);
  if (name === '$sort') return ONE_TO_ONE.includes(other) && leavesAlone(before, Object.keys(operand as Doc));
  if (name !== '$match') return false;
  if (other === '$sort') return true;
  const paths = pathsOf(operand);
  return paths !== null && leavesAlone(before, paths);
}

/** Whether a stage gives its documents with these paths as they were. */
function leavesAlone(stage: Doc, paths: string[]): boolean {
  const name = nameOf(stage);
  const changed = CHANGES[name]?.(stage[name]) ?? null;
  return changed !== null && paths.every((path) => !changed(path));
}

/** What a stage changes; null when that cannot be told. */
const CHANGES: Record<string, (operand: unknown) => ((path: string) => boolean) | null> = {
  $addFields: (operand) => touching(Object.keys(operand as Doc)),
  $set: (operand) => touching(Object.keys(operand as Doc)),
  $unset: (operand) => touching([operand].flat().map(String)),
  $lookup: (operand) => touching([String((operand as Doc)['as'])]),
  $unwind: (operand) => {
    const { path, includeArrayIndex = [] } = typeof operand === 'string' ? { path: operand } : (operand as Doc);
    return touching([String(path).slice(1), ...[includeArrayIndex].flat().map(String)]);
  },
  $project: projected,
};

function touching(paths: string[]): (path: string) => boolean {
  return (path) => paths.some((other) => other === path || isWithin(path, other) || isWithin(other, path));
}

const isWithin = (path: string, outer: string): boolean => path.startsWith(`${outer}.`);
const isKept = (value: unknown): boolean => value === true || (typeof value === 'number' && value !== 0);
const isLeftOut = (value: unknown): boolean => value === false || value === 0;

function projected(operand: unknown): ((path: string) => boolean) | null {
  const { _id: id = 1, ...others } = operand as Doc;
  if (Object.values(others).every(isLeftOut)) return touching([...Object.keys(others), ...(isKept(id) ? [] : ['_id'])]);
  const kept = Object.keys(others).filter((path) => isKept(others[path]));
  if (isKept(id)) kept.push('_id');
  return (path) => !kept.some((other) => other === path || isWithin(path, other));
}

/** The paths that a filter looks at; null when it looks at whole documents. */
function pathsOf(filter: unknown): string[] | null {
  if (!isDoc(filter)) return null;
  const out: string[] = [];
  for (const [key, condition] of Object.entries(filter)) {
    if (!key.startsWith('$')) out.push(key);
    else {
      const inner = key === '$expr' ? referred(condition) : clausesOf(key, condition);
      if (inner === null) return null;
      out.push(...inner);
    }
  }
  return out;
}

function clausesOf(key: string, clauses: unknown): string[] | null {
  if (!['$and', '$or', '$nor'].includes(key) || !Array.isArray(clauses)) return null;
  return together(clauses.map(pathsOf));
}

function together(lists: (string[] | null)[]): string[] | null {
  return lists.some((list) => list === null) ? null : (lists as string[][]).flat();
}

function referred(expression: unknown): string[] | null {
  if (typeof expression === 'string') {
    if (/^\$\$(ROOT|CURRENT)/.test(expression)) return null;
    return /^\$[^$]/.test(expression) ? [expression.slice(1)] : [];
  }
  if (Array.isArray(expression)) return together(expression.map(referred));
  return isDoc(expression) ? together(Object.values(expression).map(referred)) : [];
}
