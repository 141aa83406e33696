import { equal } from './compare.js';
import { CommandError, notServed } from './errors.js';
import { field, isIndex, MISSING, splitPath, withValueAt } from './paths.js';
import { type Change, UPDATE_OPERATORS } from './updateOperators.js';
import { type Doc, isDoc } from './values.js';

/** A compiled update. `inserting` is true while an upsert makes its document: only then does $setOnInsert apply. */
export type Update = (doc: Doc, inserting: boolean) => Doc;

interface Step {
  segments: string[];
  change: Change;
  onInsertOnly: boolean;
}

/**
 * Compiles a replacement or a document of update operators. The update returns a new document, or the very same one when
 * nothing changes. Errors: CommandError naming the operator that is unknown, in conflict or not served.
 */
export function compileUpdate(update: unknown, now: Date): Update {
  if (Array.isArray(update)) throw notServed('An update with an aggregation pipeline');
  if (!isDoc(update)) throw new CommandError(9, 'An update must be a document');
  const keys = Object.keys(update);
  if (!keys.some((key) => key.startsWith('$'))) return replacement(update);
  const steps = keys.flatMap((operator) => stepsOf(operator, update[operator], now)).sort(byPath);
  refuseConflicts(steps);
  return (doc, inserting) => {
    let out = doc;
    for (const { segments, change, onInsertOnly } of steps) {
      if (onInsertOnly && !inserting) continue;
      out = withValueAt(out, segments, change) as Doc;
    }
    return keepId(doc, out);
  };
}

export function isReplacement(update: unknown): boolean {
  return isDoc(update) && !Object.keys(update).some((key) => key.startsWith('$'));
}

function replacement(update: Doc): Update {
  return (doc) => {
    const id = field(doc, '_id');
    return keepId(doc, id === MISSING ? update : { _id: id, ...update });
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

function stepsOf(operator: string, operand: unknown, now: Date): Step[] {
  const prepare = Object.hasOwn(UPDATE_OPERATORS, operator) ? UPDATE_OPERATORS[operator] : undefined;
  if (prepare === undefined) {
    const what = operator.startsWith('$') ? 'Unknown modifier' : 'Mixed fields and operators, unknown modifier';
    throw new CommandError(9, `${what}: ${operator} (not served by the embedded store)`);
  }
  if (!isDoc(operand))
    throw new CommandError(9, `Modifiers operate on fields but ${operator} was not given a document`);
  return Object.entries(operand).map(([path, value]) => {
    const segments = splitPath(path);
    const positional = segments.find((segment) => segment.startsWith('$'));
    if (positional !== undefined) throw notServed(`The positional operator '${positional}' in '${path}'`);
    return { segments, change: prepare(path, value, now), onInsertOnly: operator === '$setOnInsert' };
  });
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
