import { type Collated, collatedKeys } from '../collatedKeys.js';
import { type Collection, readDoc } from '../collections.js';
import { CommandError, notServed } from '../errors.js';
import { prepareExpression } from '../expressions/compile.js';
import { documentOperand, variableName } from '../expressions/scope.js';
import { drain, type Flow, PAUSE, type Step, type Steps } from '../flow.js';
import { createBudget, footprint } from '../footprint.js';
import { candidates, isIndex, MISSING, splitPath, withValueAt } from '../paths.js';
import { planSelection, streamStored } from '../select.js';
import type { Settings } from '../settings.js';
import { bsonType, type Doc, isDoc } from '../values.js';
import { sourceOf } from '../views.js';
import type { Stage, Surroundings } from './stage.js';

type Compile = (pipeline: unknown, around: Surroundings) => Stage;
/** The documents that belong to one. */
type Join = (doc: Doc) => Steps<Doc[]>;

/**
 * Compiles $lookup: by equality of two fields, by a pipeline of its own that may use variables, or both.
 * Errors: CommandError for arguments that do not go together.
 */
export function lookup(operand: unknown, around: Surroundings, compile: Compile): Stage {
  if (around.open === null || around.catalog === null) throw notServed('$lookup here');
  const given = documentOperand('$lookup', operand, ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as']);
  const { from, localField, foreignField, pipeline, as } = given;
  if (typeof as !== 'string') throw new CommandError(9, "must specify 'as' field for a $lookup");
  if (from !== undefined && typeof from !== 'string')
    throw new CommandError(9, "$lookup argument 'from' must be a string");
  if ((localField === undefined) !== (foreignField === undefined))
    throw new CommandError(9, '$lookup requires both or neither of localField and foreignField to be specified');
  if (localField === undefined && pipeline === undefined)
    throw new CommandError(
      9,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw new CommandError(9, "'pipeline' option must be an array");
  const inner = innerOf(given, around);
  const join = localField === undefined ? byPipeline(inner) : byFields(inner, around, given, compile);
  const target = splitPath(as);
  return function* (flow: Flow): Generator<Step> {
    const joinOne = join();
    for (const step of flow) {
      if (step === PAUSE) yield PAUSE;
      else {
        inner.bind(step);
        const found = yield* joinOne(step);
        yield withValueAt(step, target, () => found) as Doc;
      }
    }
  };
}

/** What is read for each document: the pipeline, compiled once, and its variables, bound anew each time. */
interface Inner {
  from: string | null;
  pipeline: Doc[];
  settings: Settings;
  hasVariables: boolean;
  bind(doc: Doc): void;
  open(joined: Doc | null): Flow;
}

function innerOf({ from = null, let: letOf = {}, pipeline = [] }: Doc, { open, settings }: Surroundings): Inner {
  if (!isDoc(letOf)) throw new CommandError(9, "$lookup argument 'let' must be an object");
  const bound = Object.entries(letOf).map(
    ([name, value]) => [variableName(name), prepareExpression(value, settings)] as const,
  );
  const variables: Doc = { ...settings.variables };
  for (const [name] of bound) variables[name] = MISSING;
  const inner = { ...settings, variables };
  return {
    from: from as string | null,
    pipeline: pipeline as Doc[],
    settings: inner,
    hasVariables: bound.length > 0,
    bind: (doc) => {
      for (const [name, compute] of bound) variables[name] = compute(doc);
    },
    open: open!(from as string | null, pipeline as Doc[], inner),
  };
}

/** One that uses no variables gives the same for all documents: it is run once. */
function byPipeline({ open, hasVariables }: Inner): () => Join {
  return () => {
    const hold = createBudget('$lookup');
    let known: Doc[] | null = null;
    return function* () {
      if (known !== null) return known;
      const found = yield* collected(open(null), hasVariables ? null : hold);
      if (!hasVariables) known = found;
      return found;
    };
  };
}

function* collected(flow: Flow, hold: ((bytes: number) => void) | null): Steps<Doc[]> {
  const out: Doc[] = [];
  for (const step of flow) {
    if (step === PAUSE) yield PAUSE;
    else {
      hold?.(footprint(step));
      out.push(step);
    }
  }
  return out;
}

/** Through an index where there is one, else through a table that is made once. */
function byFields(inner: Inner, around: Surroundings, { localField, foreignField }: Doc, compile: Compile): () => Join {
  if (typeof localField !== 'string' || typeof foreignField !== 'string')
    throw new CommandError(9, '$lookup argument must be a string');
  const [local, foreign] = [splitPath(localField), splitPath(foreignField)];
  const { stages, collection } = sourceOf(around.catalog!, around.database, inner.from ?? '');
  const run = compile(inner.pipeline, { ...around, settings: inner.settings });
  return () => {
    let table: Table | null = null;
    return function* (doc) {
      const values = localValues(doc, local);
      if (stages.length > 0) return yield* collected(inner.open(joinFilter(foreignField, values)), null);
      if (collection === null) return drain(run([]));
      const filter = joinFilter(foreignField, values);
      if (planSelection(collection, { filter, settings: inner.settings })[0].branches !== null)
        return yield* collected(inner.open(filter), null);
      table ??= yield* createTable(collection, foreign, inner.settings);
      return yield* collected(run(table(values)), null);
    };
  };
}

/** MongoDB joins by each element of an array, and by null where there is no value. */
function localValues(doc: Doc, segments: string[]): unknown[] {
  const out: unknown[] = [];
  visit(doc, segments, 0, out);
  return out.length === 0 ? [null] : out;
}

function visit(value: unknown, segments: string[], at: number, out: unknown[]): void {
  if (at === segments.length) {
    if (Array.isArray(value)) out.push(...value);
    else out.push(value);
    return;
  }
  const segment = segments[at]!;
  if (Array.isArray(value)) {
    if (isIndex(segment) && Number(segment) < value.length) visit(value[Number(segment)], segments, at + 1, out);
    for (const element of value) if (isDoc(element)) visit(element, segments, at, out);
  } else if (isDoc(value) && Object.hasOwn(value, segment)) visit(value[segment], segments, at + 1, out);
}

function joinFilter(path: string, values: unknown[]): Doc {
  if (values.length === 1) return { [path]: { $eq: values[0] } };
  // Within $in a regular expression would be one to match by.
  const hasRegex = values.some((value) => bsonType(value) === 'BSONRegExp');
  return hasRegex ? { $or: values.map((value) => ({ [path]: { $eq: value } })) } : { [path]: { $in: values } };
}

/** Gives the documents that hold one of some values, in the order of the collection. */
type Table = (values: unknown[]) => Generator<Doc>;

const ENTRY_BYTES = 64;

function* createTable(collection: Collection, foreign: string[], { collation }: Settings): Steps<Table> {
  const hold = createBudget('$lookup');
  const keyOf: Collated = collatedKeys(collation);
  const numbers = new Map<string, number[]>();
  for (const step of streamStored(collection)) {
    if (step === PAUSE) {
      yield PAUSE;
      continue;
    }
    for (const key of new Set(candidates(step.doc, foreign).map((value) => keyOf(value === MISSING ? null : value)))) {
      const before = numbers.get(key);
      hold(ENTRY_BYTES + (before === undefined ? 2 * key.length : 0));
      if (before === undefined) numbers.set(key, [step.no]);
      else before.push(step.no);
    }
  }
  return function* (values) {
    const found = new Set(values.flatMap((value) => numbers.get(keyOf(value)) ?? []));
    for (const no of values.length === 1 ? found : [...found].sort((a, b) => a - b)) {
      const stored = readDoc(collection, no);
      if (stored !== null) yield stored.doc;
    }
  };
}
