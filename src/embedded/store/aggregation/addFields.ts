import { CommandError } from '../errors.js';
import { prepareExpression } from '../expressions/compile.js';
import { mapped } from '../flow.js';
import { MISSING, splitPath } from '../paths.js';
import type { Settings } from '../settings.js';
import { type Doc, isDoc } from '../values.js';
import type { Stage } from './stage.js';

type Compute = (root: Doc) => unknown;
type Tree = Map<string, Tree | Compute>;

/** Compiles $addFields: fields within documents and within all documents of an array, made where there are none. */
export function addFields(name: string, operand: unknown, settings: Settings): Stage {
  if (!isDoc(operand))
    throw new CommandError(40272, `${name} specification stage must be an object, got ${typeof operand}`);
  const tree: Tree = new Map();
  plant(tree, operand, name, settings);
  return (flow) => mapped(flow, (doc) => grown(doc, tree, doc) as Doc);
}

function plant(tree: Tree, fields: Doc, name: string, settings: Settings): void {
  for (const [path, value] of Object.entries(fields)) {
    const segments = splitPath(path);
    const last = segments.pop()!;
    let node = tree;
    for (const segment of segments) node = branch(node, segment, path, name);
    const keys = isDoc(value) ? Object.keys(value) : [];
    if (keys.length > 0 && !keys[0]!.startsWith('$'))
      plant(branch(node, last, path, name), value as Doc, name, settings);
    else if (node.has(last)) throw collision(path, name);
    else node.set(last, keys.length === 0 && isDoc(value) ? () => value : prepareExpression(value, settings));
  }
}

function branch(tree: Tree, segment: string, path: string, name: string): Tree {
  if (segment.startsWith('$'))
    throw new CommandError(
      16410,
      `Invalid ${name} :: caused by :: FieldPath field names may not start with '$', as in '${path}'`,
    );
  const node = tree.get(segment) ?? new Map();
  if (!(node instanceof Map)) throw collision(path, name);
  tree.set(segment, node);
  return node;
}

function collision(path: string, name: string): CommandError {
  return new CommandError(31249, `Invalid ${name} :: caused by :: Path collision at ${path}`);
}

function grown(value: unknown, tree: Tree, root: Doc): unknown {
  if (Array.isArray(value)) return value.map((element) => grown(element, tree, root));
  const out: Doc = isDoc(value) ? { ...value } : {};
  for (const [name, node] of tree) {
    const after = node instanceof Map ? grown(Object.hasOwn(out, name) ? out[name] : {}, node, root) : node(root);
    if (after === MISSING) delete out[name];
    else out[name] = after;
  }
  return out;
}
