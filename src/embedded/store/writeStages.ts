import { randomBytes } from 'node:crypto';
import { compilePipeline } from './aggregate.js';
import { type Catalog, dropCollection, ensureCollection, findCollection } from './catalog.js';
import { buildIndex, insertDoc, replaceDoc } from './collections.js';
import { CommandError } from './errors.js';
import { prepareExpression } from './expressions/compile.js';
import { documentOperand } from './expressions/scope.js';
import { field, MISSING, splitPath, valueAt } from './paths.js';
import { renameCollection } from './rename.js';
import { selectDocs } from './select.js';
import { PLAIN, type Settings } from './settings.js';
import { refuseUnchecked } from './validation.js';
import { type Doc, isDoc } from './values.js';
import { noView } from './views.js';

/** Where the stages that write stand: at the end of a pipeline, and nowhere else. */
interface Surroundings {
  catalog: Catalog;
  database: string;
  settings: Settings;
}
type WriteStage = (docs: Doc[]) => void;

const WRITE_STAGES: Record<string, (operand: unknown, around: Surroundings) => WriteStage> = {
  $out: out,
  $merge: merge,
};

/** Whether the last stage of a pipeline writes. */
export function writeStageOf(pipeline: unknown): string | null {
  const last = Array.isArray(pipeline) ? pipeline.at(-1) : undefined;
  const name = isDoc(last) ? (Object.keys(last)[0] ?? '') : '';
  return Object.hasOwn(WRITE_STAGES, name) ? name : null;
}

/** Compiles $out or $merge. Errors: CommandError. */
export function compileWriteStage(stage: Doc, around: Surroundings): WriteStage {
  const [name, operand] = Object.entries(stage)[0]!;
  return WRITE_STAGES[name]!(operand, around);
}

/** $out puts the documents in the place of a collection's, whose indexes stay; when one cannot be, nothing changes. */
function out(operand: unknown, { catalog, database: here }: Surroundings): WriteStage {
  const { db = here, coll } =
    typeof operand === 'string' ? { coll: operand } : documentOperand('$out', operand, ['db', 'coll']);
  if (typeof coll !== 'string' || typeof db !== 'string')
    throw new CommandError(16990, `$out only supports a string or object argument, but found ${typeof operand}`);
  return (docs) => {
    const before = noView(findCollection(catalog, db, coll));
    refuseUnchecked('$out', before);
    const draft = ensureCollection(catalog, db, `tmp.agg_out.${randomBytes(8).toString('hex')}`);
    try {
      for (const { spec } of before?.indexes ?? []) buildIndex(draft, spec);
      for (const doc of docs) insertDoc(draft, doc);
    } catch (error) {
      dropCollection(catalog, draft);
      throw error;
    }
    renameCollection(catalog, draft, db, coll);
  };
}

const WHEN_MATCHED = ['replace', 'keepExisting', 'merge', 'fail'];
const WHEN_NOT_MATCHED = ['insert', 'discard', 'fail'];

/** $merge puts each document into a collection, beside or in the place of the one with the same fields. */
function merge(operand: unknown, around: Surroundings): WriteStage {
  const fields =
    typeof operand === 'string'
      ? { into: operand }
      : documentOperand('$merge', operand, ['into', 'on', 'let', 'whenMatched', 'whenNotMatched']);
  const { into, on = '_id', whenMatched = 'merge', whenNotMatched = 'insert' } = fields as Doc;
  const { db = around.database, coll } =
    typeof into === 'string' ? { coll: into } : documentOperand('$merge.into', into, ['db', 'coll']);
  if (typeof coll !== 'string' || typeof db !== 'string') throw new CommandError(51178, '$merge needs a collection');
  const paths = [on].flat().map(String);
  const change = compileMatched(whenMatched, (fields as Doc)['let'], around);
  if (!WHEN_NOT_MATCHED.includes(String(whenNotMatched)))
    throw new CommandError(
      2,
      `Enumeration value '${String(whenNotMatched)}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  return (docs) => {
    const collection = ensureCollection(around.catalog, db, coll);
    noView(collection);
    refuseUnchecked('$merge', collection);
    if (
      !isUnique(
        collection.indexes.map(({ spec }) => spec),
        paths,
      )
    )
      throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
    for (const doc of docs) {
      const [found] = selectDocs(collection, { filter: joinFilter(doc, paths), limit: 1 });
      if (found !== undefined) {
        const after = change(found.doc, doc);
        if (after !== found.doc) replaceDoc(collection, found, after);
      } else if (whenNotMatched === 'insert') insertDoc(collection, doc);
      else if (whenNotMatched === 'fail')
        throw new CommandError(
          13113,
          '$merge could not find a matching document in the target collection for at least one document in the source collection',
        );
    }
  };
}

function isUnique(specs: { key: Doc; unique?: boolean; partialFilterExpression?: Doc }[], paths: string[]): boolean {
  if (paths.join() === '_id') return true;
  const wanted = [...paths].sort().join();
  return specs.some(
    ({ key, unique, partialFilterExpression }) =>
      unique === true && partialFilterExpression === undefined && Object.keys(key).sort().join() === wanted,
  );
}

function joinFilter(doc: Doc, paths: string[]): Doc {
  return Object.fromEntries(
    paths.map((path) => {
      const value = valueAt(doc, splitPath(path));
      if (value === MISSING || value === null || Array.isArray(value)) {
        if (path === '_id' && value === MISSING) return [path, { $in: [] }];
        throw new CommandError(
          51132,
          `$merge write error: 'on' field '${path}' cannot be missing, null, undefined or an array`,
        );
      }
      return [path, { $eq: value }];
    }),
  );
}

function compileMatched(whenMatched: unknown, letOf: unknown, around: Surroundings): (before: Doc, doc: Doc) => Doc {
  if (Array.isArray(whenMatched)) return byPipeline(whenMatched, letOf, around);
  if (!WHEN_MATCHED.includes(String(whenMatched)))
    throw new CommandError(
      2,
      `Enumeration value '${String(whenMatched)}' for field '$merge.whenMatched' is not a valid value.`,
    );
  return (before, doc) => {
    if (whenMatched === 'keepExisting') return before;
    if (whenMatched === 'fail') throw new CommandError(11000, '$merge found a document that is there already');
    const id = field(before, '_id');
    return whenMatched === 'replace' ? { _id: id, ...doc } : { ...before, ...doc };
  };
}

function byPipeline(stages: unknown[], letOf: unknown, { settings }: Surroundings): (before: Doc, doc: Doc) => Doc {
  const given = isDoc(letOf) ? letOf : { new: '$$ROOT' };
  const variables = Object.entries(given).map(([name, value]) => [name, prepareExpression(value, settings)] as const);
  return (before, doc) => {
    const bound = Object.fromEntries(variables.map(([name, compute]) => [name, compute(doc)]));
    const inner = { ...PLAIN, ...settings, variables: { ...settings.variables, ...bound } };
    const [after] = compilePipeline(stages, { catalog: null, database: '', settings: inner })([before]) as [Doc];
    return after;
  };
}
