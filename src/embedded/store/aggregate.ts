import type { Catalog } from './catalog.js';
import { findCollection } from './catalog.js';
import { CommandError, notServed } from './errors.js';
import { prepareExpression } from './expressions/compile.js';
import { documentOperand } from './expressions/scope.js';
import { groupDocs } from './group.js';
import { keyOf } from './keys.js';
import { compileFilter } from './match.js';
import { candidates, MISSING, splitPath, valueAt, withValueAt } from './paths.js';
import { compileProjection } from './project.js';
import { readSort, sortDocs } from './sort.js';
import { type Doc, integer, isDoc } from './values.js';

/** Where the documents of other collections are found, for $lookup. */
export interface Surroundings {
  catalog: Catalog;
  database: string;
}
type Stage = (docs: Doc[]) => Doc[];
type PrepareStage = (operand: unknown, around: Surroundings) => Stage;

const STAGES: Record<string, PrepareStage> = {
  $match: (operand) => {
    const matches = compileFilter(operand);
    return (docs) => docs.filter(matches);
  },
  $project: (operand) => {
    const project = compileProjection(operand, '$project');
    return (docs) => docs.map(project);
  },
  $addFields: addFields,
  $set: addFields,
  $unset: (operand) => {
    const paths = (Array.isArray(operand) ? operand : [operand]).map(String);
    const project = compileProjection(Object.fromEntries(paths.map((path) => [path, 0])), '$unset');
    return (docs) => docs.map(project);
  },
  $group: (operand) => groupDocs(operand),
  $sort: (operand) => {
    if (readSort(operand).length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
    return (docs) => sortDocs(docs, operand as Doc);
  },
  $skip: (operand) => {
    const count = integer(operand, '$skip');
    if (count < 0) throw new CommandError(5107200, 'invalid argument to $skip stage: it must not be negative');
    return (docs) => docs.slice(count);
  },
  $limit: (operand) => {
    const count = integer(operand, '$limit');
    if (count <= 0) throw new CommandError(15958, 'the limit must be positive');
    return (docs) => docs.slice(0, count);
  },
  $unwind: unwind,
  $count: (operand) => {
    if (typeof operand !== 'string' || !/^[^$.\0][^.\0]*$/.test(operand)) {
      throw new CommandError(40156, 'the count field must be a non-empty string without $ or dot');
    }
    return (docs) => (docs.length === 0 ? [] : [{ [operand]: docs.length }]);
  },
  $facet: (operand, around) => {
    if (!isDoc(operand)) throw new CommandError(40169, 'the $facet specification must be a non-empty object');
    const facets = Object.entries(operand).map(([name, stages]) => [name, compilePipeline(stages, around)] as const);
    return (docs) => [Object.fromEntries(facets.map(([name, run]) => [name, run(docs)]))];
  },
  $sortByCount: (operand) => {
    const group = groupDocs({ _id: operand, count: { $sum: 1 } });
    return (docs) => sortDocs(group(docs), { count: -1 });
  },
  $lookup: lookup,
};

/**
 * Compiles a pipeline. Errors: CommandError 40324 naming a stage that is unknown or not served, and those of its parts,
 * all before any document is read.
 */
export function compilePipeline(pipeline: unknown, around: Surroundings): Stage {
  if (!Array.isArray(pipeline)) throw new CommandError(14, 'A pipeline must be an array');
  const stages = pipeline.map((stage) => {
    if (!isDoc(stage) || Object.keys(stage).length !== 1) {
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const name = Object.keys(stage)[0]!;
    const prepare = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (prepare === undefined) {
      throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}' (not served by the embedded store)`);
    }
    return prepare(stage[name], around);
  });
  return (docs) => stages.reduce((current, stage) => stage(current), docs);
}

function addFields(operand: unknown): Stage {
  if (!isDoc(operand)) throw new CommandError(40272, '$addFields specification stage must be an object');
  const fields = Object.entries(operand).map(([path, value]) => {
    if (isDoc(value) && !Object.keys(value).some((key) => key.startsWith('$'))) {
      throw notServed(`$addFields of a nested document at '${path}' (write its fields as dotted paths)`);
    }
    return { segments: splitPath(path), compute: prepareExpression(value) };
  });
  return (docs) =>
    docs.map((doc) =>
      fields.reduce((out, { segments, compute }) => {
        const value = compute(doc);
        for (let length = 1; length < segments.length; length++) {
          const holder = valueAt(out, segments.slice(0, length));
          if (holder !== MISSING && !isDoc(holder))
            throw notServed(`$addFields through a value that is no document, at '${segments.join('.')}'`);
        }
        return withValueAt(out, segments, () => value) as Doc;
      }, doc),
    );
}

function unwind(operand: unknown): Stage {
  const options =
    typeof operand === 'string'
      ? { path: operand }
      : documentOperand('$unwind', operand, ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays']);
  const { path, includeArrayIndex: indexField, preserveNullAndEmptyArrays: preserve } = options as Doc;
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${String(path)}`);
  const segments = splitPath(path.slice(1));
  const withIndex = (doc: Doc, index: number | null): Doc =>
    indexField === undefined ? doc : (withValueAt(doc, splitPath(String(indexField)), () => index) as Doc);
  return (docs) =>
    docs.flatMap((doc) => {
      const value = valueAt(doc, segments);
      if (Array.isArray(value) && value.length > 0) {
        return value.map((element, i) => withIndex(withValueAt(doc, segments, () => element) as Doc, i));
      }
      const none = value === MISSING || value === null || Array.isArray(value);
      if (none && preserve !== true) return [];
      return [withIndex(Array.isArray(value) ? (withValueAt(doc, segments, () => MISSING) as Doc) : doc, null)];
    });
}

function lookup(operand: unknown, { catalog, database }: Surroundings): Stage {
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
    const others = [...(findCollection(catalog, database, String(from))?.docs.values() ?? [])].map(({ doc }) => doc);
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
