import { ensureCollection } from '../catalog.js';
import { type Collection, insertDoc, replaceDoc } from '../collections.js';
import { equal } from '../compare.js';
import { CommandError } from '../errors.js';
import { prepareExpression } from '../expressions/compile.js';
import { documentOperand, namedOperands, variableName } from '../expressions/scope.js';
import { drain } from '../flow.js';
import { field, MISSING, splitPath, valueAt } from '../paths.js';
import { selectDocs } from '../select.js';
import { type Doc, isDoc } from '../values.js';
import { noView } from '../views.js';
import { compilePipeline } from './compilePipeline.js';
import type { Surroundings } from './stage.js';
import type { Check, WriteStage } from './writeStages.js';

type Change = (before: Doc, doc: Doc) => Doc;

/** What is done with a document that is there already. */
const WHEN_MATCHED: Record<string, Change> = {
  replace: (_before, doc) => doc,
  merge: (before, doc) => ({ ...before, ...doc }),
  keepExisting: (before) => before,
  fail: (_before, doc) => {
    throw new CommandError(11000, `$merge found a document that is there already, for _id ${String(doc['_id'])}`);
  },
};
const WHEN_NOT_MATCHED = ['insert', 'discard', 'fail'];
const UPDATE_STAGES = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

/** $merge puts each document into a collection, beside or in the place of the one with the same fields. */
export function merge(operand: unknown, around: Surroundings, check: Check): WriteStage {
  const fields =
    typeof operand === 'string'
      ? { into: operand }
      : namedOperands('$merge', operand, ['into'], ['on', 'let', 'whenMatched', 'whenNotMatched']);
  const { into, on = '_id', let: letOf, whenMatched = 'merge', whenNotMatched = 'insert' } = fields as Doc;
  const { db = around.database, coll } =
    typeof into === 'string' ? { coll: into } : documentOperand('$merge.into', into, ['db', 'coll']);
  if (typeof coll !== 'string' || typeof db !== 'string') throw new CommandError(51178, '$merge needs a collection');
  const paths = [on].flat().map(String);
  const change = compileMatched(whenMatched, letOf, around);
  if (!WHEN_NOT_MATCHED.includes(String(whenNotMatched))) throw notOneOf('whenNotMatched', whenNotMatched);
  let collection: Collection | null = null;
  return {
    database: db,
    collection: coll,
    begin: () => {
      collection = ensureCollection(around.catalog!, db, coll);
      noView(collection);
      refuseAmbiguous(collection, paths);
    },
    write: (docs) => {
      if (collection!.isDropped) throw new CommandError(175, 'the collection of $merge was dropped meanwhile');
      for (const doc of docs) put(collection!, doc, { paths, change, whenNotMatched: String(whenNotMatched), check });
    },
    end: () => undefined,
    cancel: () => undefined,
  };
}

interface Rules {
  paths: string[];
  change: Change;
  whenNotMatched: string;
  check: Check;
}

function put(collection: Collection, doc: Doc, { paths, change, whenNotMatched, check }: Rules): void {
  const [found] = selectDocs(collection, { filter: joinFilter(doc, paths), limit: 1 });
  if (found !== undefined) {
    const after = withIdOf(found.doc, change(found.doc, doc));
    if (after === found.doc) return;
    check(collection, after, found.doc);
    replaceDoc(collection, found, after);
  } else if (whenNotMatched === 'insert') {
    check(collection, doc, null);
    insertDoc(collection, doc);
  } else if (whenNotMatched === 'fail')
    throw new CommandError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
}

function withIdOf(before: Doc, after: Doc): Doc {
  const [id, given] = [field(before, '_id'), field(after, '_id')];
  if (given === MISSING) return { _id: id, ...after };
  if (equal(id, given)) return after;
  throw new CommandError(
    66,
    '$merge failed to update the matching document, did you attempt to modify the _id or the shard key?',
  );
}

function notOneOf(name: string, value: unknown): CommandError {
  return new CommandError(2, `Enumeration value '${String(value)}' for field '$merge.${name}' is not a valid value.`);
}

function refuseAmbiguous({ indexes }: Collection, paths: string[]): void {
  if (paths.join() === '_id') return;
  const wanted = [...paths].sort().join();
  const isUnique = indexes.some(
    ({ spec: { key, unique, partialFilterExpression } }) =>
      unique === true && partialFilterExpression === undefined && Object.keys(key).sort().join() === wanted,
  );
  if (!isUnique) throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
}

function joinFilter(doc: Doc, paths: string[]): Doc {
  return Object.fromEntries(
    paths.map((path) => {
      const value = valueAt(doc, splitPath(path));
      if (path === '_id' && value === MISSING) return [path, { $in: [] }];
      if (value === MISSING || value === null || Array.isArray(value))
        throw new CommandError(
          51132,
          `$merge write error: 'on' field '${path}' cannot be missing, null, undefined or an array`,
        );
      return [path, { $eq: value }];
    }),
  );
}

function compileMatched(whenMatched: unknown, letOf: unknown, around: Surroundings): Change {
  if (Array.isArray(whenMatched)) return byPipeline(whenMatched, letOf, around);
  if (letOf !== undefined)
    throw new CommandError(51199, "Cannot use 'let' variables with 'whenMatched' other than a pipeline");
  const change = Object.hasOwn(WHEN_MATCHED, String(whenMatched)) ? WHEN_MATCHED[String(whenMatched)] : undefined;
  if (change === undefined) throw notOneOf('whenMatched', whenMatched);
  return change;
}

function byPipeline(stages: unknown[], letOf: unknown, { settings }: Surroundings): Change {
  for (const stage of stages) {
    const name = isDoc(stage) ? (Object.keys(stage)[0] ?? '') : '';
    if (!UPDATE_STAGES.includes(name)) throw new CommandError(72, `${name} is not allowed to be used within an update`);
  }
  const given = isDoc(letOf) ? letOf : { new: '$$ROOT' };
  const bound = Object.entries(given).map(
    ([name, value]) => [variableName(name), prepareExpression(value, settings)] as const,
  );
  const variables: Doc = { ...settings.variables };
  for (const [name] of bound) variables[name] = MISSING;
  const inner = { ...settings, variables };
  const run = compilePipeline(stages, { catalog: null, database: '', settings: inner, open: null });
  return (before, doc) => {
    for (const [name, compute] of bound) variables[name] = compute(doc);
    return drain(run([before]))[0]!;
  };
}
