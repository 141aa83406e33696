import { compilePipeline } from './aggregate.js';
import { concretePaths, type ElementFilters, readArrayFilters, refuseUnusedFilters } from './arrayUpdates.js';
import { equal } from './compare.js';
import { CommandError, notServed } from './errors.js';
import { field, isIndex, MISSING, splitPath, valueAt, withValueAt } from './paths.js';
import { PLAIN, type Settings } from './settings.js';
import { type Change, same, UPDATE_OPERATORS } from './updateOperators.js';
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

interface Step {
  segments: string[];
  change: Change;
  onInsertOnly: boolean;
  /** The path whose value is moved to `segments` by $rename. */
  from: string[] | null;
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
  const run = compilePipeline(pipeline, { catalog: null, database: '', settings });
  return (doc) => {
    const [made] = run([doc]) as [Doc];
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

function dollarInReplacement(field: string): CommandError {
  return new CommandError(
    52,
    `The dollar ($) prefixed field '${field}' in '${field}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
}

function refuseDollars(segments: string[], path: string): void {
  if (segments[0]!.startsWith('$')) throw dollarInReplacement(segments[0]!);
  const strange = segments.find((segment) => segment.startsWith('$') && !/^\$(\[.*\])?$/.test(segment));
  if (strange !== undefined) throw notServed(`The path '${path}' in an update`);
  if (segments.filter((segment) => segment === '$').length > 1)
    throw new CommandError(2, `Too many positional (i.e. '$') elements found in path '${path}'`);
}

/** The source stands among the steps too, so that it conflicts with what else changes it. */
function renameSteps(from: string[], target: unknown): Step[] {
  if (typeof target !== 'string')
    throw new CommandError(2, `The 'to' field for $rename must be a string: ${from.join('.')}: ${String(target)}`);
  const segments = splitPath(target);
  if ([...from, ...segments].some((segment) => segment.startsWith('$')))
    throw new CommandError(2, `The source and destination fields for $rename may not be dynamic: ${from.join('.')}`);
  if (target === from.join('.'))
    throw new CommandError(2, `The source and target field for $rename must differ: ${target}`);
  const nothing = { change: (before: unknown) => before, onInsertOnly: false };
  return [
    { ...nothing, segments: from, from: null },
    { ...nothing, segments, from },
  ];
}

function renamed(doc: Doc, from: string[], to: string[]): Doc {
  for (const path of [from, to]) {
    for (let length = 1; length < path.length; length++) {
      if (Array.isArray(valueAt(doc, path.slice(0, length))))
        throw new CommandError(
          2,
          `The ${path === from ? 'source' : 'destination'} field cannot be an array element, '${path.join('.')}'`,
        );
    }
  }
  const value = valueAt(doc, from);
  if (value === MISSING) return doc;
  const without = withValueAt(doc, from, () => MISSING) as Doc;
  return withValueAt(without, to, () => value) as Doc;
}

/** New fields are created in the order of their names, numbers by value, whatever the order of the operators. */
function byPath(a: Step, b: Step): number {
  const length = Math.min(a.segments.length, b.segments.length);
  for (let i = 0; i < length; i++) {
    const x = a.segments[i]!;
    const y = b.segments[i]!;
    if (x === y) continue;
    return isIndex(x) && isIndex(y) ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return a.segments.length - b.segments.length;
}

/** In the order of paths, a path that holds another stands before it, though not always next to it. */
function refuseConflicts(steps: Step[]): void {
  const seen = new Set<string>();
  for (const { segments } of steps) {
    const path = segments.join('.');
    for (let length = 1; length <= segments.length; length++) {
      const holder = segments.slice(0, length).join('.');
      if (seen.has(holder))
        throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${holder}'`);
    }
    seen.add(path);
  }
}
