import { compilePipeline } from './aggregation/compilePipeline.js';
import { concretePaths, type ElementFilters, readArrayFilters, refuseUnusedFilters } from './arrayUpdates.js';
import { equal } from './compare.js';
import { CommandError } from './errors.js';
import { drain } from './flow.js';
import { field, MISSING, splitPath, withValueAt } from './paths.js';
import { PLAIN, type Settings } from './settings.js';
import { same, UPDATE_OPERATORS } from './updateOperators.js';
import {
  byPath,
  dollarInReplacement,
  refuseConflicts,
  refuseDollars,
  renamed,
  renameSteps,
  type Step,
} from './updateSteps.js';
import { type Doc, isDoc } from './values.js';

/**
 * A compiled update. `inserting` is true while an upsert makes its document: only then does $setOnInsert apply.
 * `position`: the element of an array that the query found, which `$` stands for.
 */
export type Update = (doc: Doc, inserting: boolean, position?: number | null) => Doc;

export interface UpdateOptions {
  now: Date;
  settings?: Settings;
  arrayFilters?: unknown;
  /** Variables that only pipelines know, named `c` in the protocol. */
  constants?: unknown;
}

/**
 * Compiles a replacement, a document of update operators, or a pipeline. The update returns a new document, or the very
 * same one when nothing changes. Errors: CommandError naming the operator that is unknown, in conflict or not served.
 */
export function compileUpdate(update: unknown, options: UpdateOptions): Update {
  const filters = readArrayFilters(options.arrayFilters, options.settings ?? PLAIN);
  if (Array.isArray(update)) return byPipeline(update, options, filters);
  if (!isDoc(update)) throw new CommandError(9, 'Update argument must be either an object or an array');
  const keys = Object.keys(update);
  if (isReplacement(update)) {
    if (filters.size > 0) throw new CommandError(9, 'Cannot specify arrayFilters with a replacement-style update');
    return replacement(update);
  }
  const steps = keys.flatMap((operator) => stepsOf(operator, update[operator], options)).sort(byPath);
  refuseConflicts(steps);
  refuseUnusedFilters(
    filters,
    steps.map(({ segments }) => segments),
    update,
  );
  return (doc, inserting, position = null) => {
    let out = doc;
    for (const { segments, change, onInsertOnly, from } of steps) {
      if (onInsertOnly && !inserting) continue;
      if (from !== null) out = renamed(out, from, segments);
      else {
        for (const path of concretePaths(out, segments, filters, position)) out = withValueAt(out, path, change) as Doc;
      }
    }
    return keepId(doc, out);
  };
}

/** An empty document replaces by nothing; a first field with a dollar makes of it a document of operators. */
export function isReplacement(update: unknown): boolean {
  return isDoc(update) && !Object.keys(update)[0]?.startsWith('$');
}

const PIPELINE_STAGES = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

function byPipeline(pipeline: unknown[], { settings = PLAIN }: UpdateOptions, filters: ElementFilters): Update {
  if (filters.size > 0) throw new CommandError(9, 'Cannot specify arrayFilters and a pipeline update');
  const refused = pipeline
    .map((stage) => (isDoc(stage) ? (Object.keys(stage)[0] ?? '') : ''))
    .find((name) => !PIPELINE_STAGES.includes(name));
  if (refused !== undefined) throw new CommandError(72, `${refused} is not allowed to be used within an update`);
  const run = compilePipeline(pipeline, { catalog: null, database: '', settings, open: null });
  return (doc) => {
    const [made] = drain(run([doc])) as [Doc];
    const id = field(doc, '_id');
    const out = id === MISSING || Object.hasOwn(made, '_id') ? made : { _id: id, ...made };
    return keepId(doc, same(doc, out) ? doc : out);
  };
}

function replacement(update: Doc): Update {
  const dollar = Object.keys(update).find((key) => key.startsWith('$'));
  if (dollar !== undefined) throw dollarInReplacement(dollar);
  return (doc) => {
    const id = field(doc, '_id');
    const out = id === MISSING ? update : { _id: id, ...update };
    return keepId(doc, same(doc, out) ? doc : out);
  };
}

/** A document keeps its _id. */
function keepId(before: Doc, after: Doc): Doc {
  const id = field(before, '_id');
  if (id === MISSING || before === after) return after;
  const changed = field(after, '_id');
  if (changed === MISSING || !equal(id, changed)) {
    throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return after;
}

function stepsOf(operator: string, operand: unknown, { now, settings = PLAIN }: UpdateOptions): Step[] {
  const prepare = Object.hasOwn(UPDATE_OPERATORS, operator) ? UPDATE_OPERATORS[operator] : undefined;
  if (prepare === undefined && operator !== '$rename') {
    throw new CommandError(
      9,
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(operand))
    throw new CommandError(
      9,
      `Modifiers operate on fields but we found type ${typeof operand} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
    );
  return Object.entries(operand).flatMap(([path, value]) => {
    const segments = splitPath(path);
    refuseDollars(segments, path);
    if (prepare === undefined) return renameSteps(segments, value);
    const change = prepare(path, value, now, settings);
    return [{ segments, change, onInsertOnly: operator === '$setOnInsert', from: null }];
  });
}
