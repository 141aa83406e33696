import { CommandError, notServed } from './errors.js';
import { prepareExpression } from './expressions/compile.js';
import { documentOperand } from './expressions/scope.js';
import { groupDocs } from './group.js';
import { lookup, type Surroundings } from './lookup.js';
import { compileFilter } from './match.js';
import { MISSING, splitPath, valueAt, withValueAt } from './paths.js';
import { compileProjection } from './project.js';
import { PLAIN, type Settings } from './settings.js';
import { readSort, sortDocs } from './sort.js';
import { unwind } from './unwind.js';
import { type Doc, integer, isDoc } from './values.js';

type Stage = (docs: Doc[]) => Doc[];
type PrepareStage = (operand: unknown, around: Surroundings) => Stage;

const STAGES: Record<string, PrepareStage> = {
  $match: (operand, { settings }) => {
    const matches = compileFilter(operand, settings);
    return (docs) => docs.filter(matches);
  },
  $project: (operand, { settings }) => {
    const project = compileProjection(operand, '$project', settings);
    return (docs) => docs.map(project);
  },
  $addFields: addFields,
  $set: addFields,
  $unset: (operand) => {
    const paths = (Array.isArray(operand) ? operand : [operand]).map(String);
    const project = compileProjection(Object.fromEntries(paths.map((path) => [path, 0])), '$unset');
    return (docs) => docs.map(project);
  },
  $replaceRoot: (operand, { settings }) => {
    const { newRoot } = documentOperand('$replaceRoot', operand, ['newRoot']);
    return replaceRoot(newRoot, settings);
  },
  $replaceWith: (operand, { settings }) => replaceRoot(operand, settings),
  $group: (operand, { settings = PLAIN }) => {
    return groupDocs(operand, settings);
  },
  $sort: (operand, { settings = PLAIN }) => {
    if (readSort(operand).length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
    return (docs) => sortDocs(docs, operand as Doc, settings.collation);
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

function replaceRoot(expression: unknown, settings?: Settings): Stage {
  const compute = prepareExpression(expression, settings);
  return (docs) =>
    docs.map((doc) => {
      const root = compute(doc);
      if (!isDoc(root))
        throw new CommandError(
          40228,
          "PlanExecutor error during aggregation :: caused by :: 'newRoot' expression must evaluate to an object",
        );
      return root;
    });
}

function addFields(operand: unknown, { settings }: Surroundings): Stage {
  if (!isDoc(operand)) throw new CommandError(40272, '$addFields specification stage must be an object');
  const fields = Object.entries(operand).map(([path, value]) => {
    if (isDoc(value) && !Object.keys(value).some((key) => key.startsWith('$'))) {
      throw notServed(`$addFields of a nested document at '${path}' (write its fields as dotted paths)`);
    }
    return { segments: splitPath(path), compute: prepareExpression(value, settings) };
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
