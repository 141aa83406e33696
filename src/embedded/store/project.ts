import { CommandError, notServed } from './errors.js';
import { prepareExpression } from './expressions/compile.js';
import { field, MISSING, splitPath, withValueAt } from './paths.js';
import { PLAIN, type Settings } from './settings.js';
import { type Doc, isDoc } from './values.js';

/** A projection as a tree: true keeps or removes the field, a function computes it. */
type Leaf = true | ((doc: Doc) => unknown);
type Tree = Map<string, Tree | Leaf>;

/**
 * Compiles a projection, of find or of $project: fields to keep, or fields to leave out, or fields to compute.
 * Errors: CommandError naming what is mixed, unknown or not served.
 */
export function compileProjection(projection: unknown, owner = 'find', settings: Settings = PLAIN): (doc: Doc) => Doc {
  if (!isDoc(projection)) throw new CommandError(14, 'A projection must be a document');
  const { _id: id, ...others } = projection;
  const flat = flatten(others, '', owner, settings);
  const excludes = flat.some(([, value]) => value === false);
  const includes = flat.some(([, value]) => value !== false);
  if (excludes && includes) throw new CommandError(31254, 'Cannot do inclusion and exclusion in the same projection');
  const idValue = id === undefined ? undefined : leafOf('_id', id, owner, settings);
  if (flat.length === 0 && idValue === undefined) return (doc) => doc;
  if (excludes || (!includes && idValue === false)) {
    const tree = treeOf(flat.map(([path]) => [path, true] as const));
    if (idValue === false) tree.set('_id', true);
    return (doc) => without(doc, tree) as Doc;
  }
  const kept = flat.map(([path, value]) => [path, value as Leaf] as const);
  const tree = treeOf(idValue === false ? kept : [['_id', idValue ?? true] as const, ...kept]);
  return (doc) => computed(doc, only(doc, tree) as Doc, tree, doc) as Doc;
}

function flatten(
  projection: Doc,
  prefix: string,
  owner: string,
  settings: Settings,
): (readonly [string, Leaf | false])[] {
  return Object.entries(projection).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    const nested = isDoc(value) && !Object.keys(value).some((key) => key.startsWith('$'));
    if (nested && Object.keys(value as Doc).length === 0)
      throw new CommandError(51270, `An empty projection of '${path}' is not allowed`);
    return nested
      ? flatten(value as Doc, `${path}.`, owner, settings)
      : [[path, leafOf(path, value, owner, settings)] as const];
  });
}

function leafOf(path: string, value: unknown, owner: string, settings: Settings): Leaf | false {
  if (path.split('.').some((part) => part.startsWith('$'))) throw notServed(`The projection path '${path}'`);
  if (typeof value === 'boolean') return value;
  if (
    typeof value === 'number' ||
    (typeof value === 'object' &&
      value !== null &&
      !isDoc(value) &&
      !Array.isArray(value) &&
      !Number.isNaN(Number(value)))
  ) {
    return Number(value) !== 0;
  }
  const operator = isDoc(value) ? Object.keys(value)[0] : undefined;
  if (owner === 'find' && operator !== undefined && ['$slice', '$elemMatch', '$meta'].includes(operator)) {
    throw notServed(`The projection operator ${operator}`);
  }
  return prepareExpression(value, settings);
}

/** A tree of paths. Errors: CommandError when one is within another. */
export function treeOf(leaves: (readonly [string, Leaf])[]): Tree {
  const root: Tree = new Map();
  for (const [path, leaf] of leaves) {
    const segments = splitPath(path);
    const last = segments.pop()!;
    let node = root;
    for (const segment of segments) {
      const child = node.get(segment) ?? new Map();
      if (!(child instanceof Map)) throw new CommandError(31249, `Path collision at ${path}`);
      node.set(segment, child);
      node = child;
    }
    if (node.has(last)) throw new CommandError(31250, `Path collision at ${path}`);
    node.set(last, leaf);
  }
  return root;
}

function without(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((element) => without(element, tree));
  if (!isDoc(value)) return value;
  const out: Doc = {};
  for (const [name, inner] of Object.entries(value)) {
    const node = tree.get(name);
    if (node === true) continue;
    out[name] = node instanceof Map ? without(inner, node) : inner;
  }
  return out;
}

/** The fields to keep, in the document's own order. Values that are no containers fall away where a deeper path is asked. */
function only(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((element) => only(element, tree)).filter((element) => element !== MISSING);
  if (!isDoc(value)) return MISSING;
  const out: Doc = {};
  for (const [name, inner] of Object.entries(value)) {
    const node = tree.get(name);
    const kept = node === true ? inner : node instanceof Map ? only(inner, node) : MISSING;
    if (kept !== MISSING) out[name] = kept;
  }
  return out;
}

/** Adds the computed fields, after those that were kept. */
function computed(doc: Doc, target: unknown, tree: Tree, root: Doc): unknown {
  let out = target;
  for (const [name, node] of tree) {
    if (node === true) continue;
    if (typeof node === 'function') {
      const value = node(root);
      if (value !== MISSING) out = { ...(out as Doc), [name]: value };
    } else if (hasComputed(node)) {
      const inner = isDoc(out) ? field(out, name) : MISSING;
      if (Array.isArray(inner))
        out = withValueAt(out, [name], () =>
          inner.map((element) => computed(doc, isDoc(element) ? element : {}, node, root)),
        );
      else out = { ...(out as Doc), [name]: computed(doc, isDoc(inner) ? inner : {}, node, root) };
    }
  }
  return out;
}

function hasComputed(tree: Tree): boolean {
  return [...tree.values()].some((node) => (node instanceof Map ? hasComputed(node) : node !== true));
}
