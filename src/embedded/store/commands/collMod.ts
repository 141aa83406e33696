import { findCollection } from '../catalog.js';
import { allDocs, type Collection, namespaceOf, saveDescription } from '../collections.js';
import { compare } from '../compare.js';
import { CommandError, notServed } from '../errors.js';
import { type Index, keysOfDoc } from '../indexes.js';
import { keyOf } from '../keys.js';
import { readValidation } from '../validation.js';
import { type Doc, integer, isDoc } from '../values.js';
import { viewOf } from '../views.js';
import { type Command, collectionName, databaseOf, docOr, refuseUnknownItemFields } from './command.js';

/** Changes what was said of an index when it was made, or what a view reads. */
const collMod: Command = {
  fields: ['collMod', 'index', 'viewOn', 'pipeline', 'validator', 'validationLevel', 'validationAction'],
  writes: true,
  run: ({ catalog }, command) => {
    const collection = findCollection(catalog, databaseOf(command), collectionName(command, 'collMod'));
    if (collection === null) throw new CommandError(26, 'ns does not exist');
    catalog.storage.guard.reshape(namespaceOf(collection));
    const validation = readValidation(command);
    if (Object.keys(validation).length > 0) {
      collection.options = { ...collection.options, ...validation };
      saveDescription(collection);
    }
    if (command['viewOn'] !== undefined) changeView(collection, command);
    return command['index'] === undefined ? {} : changeIndex(collection, docOr(command['index'], 'index'));
  },
};

export const collModCommands: Record<string, Command> = { collMod };

function changeView(collection: Collection, { viewOn, pipeline }: Doc): void {
  if (viewOf(collection) === null) throw new CommandError(72, "'viewOn' option only supported on a view");
  if (typeof viewOn !== 'string' || !Array.isArray(pipeline))
    throw new CommandError(14, 'A view needs viewOn and pipeline');
  collection.options = { viewOn, pipeline };
  saveDescription(collection);
}

function changeIndex(collection: Collection, asked: Doc): Doc {
  refuseUnknownItemFields(
    'collMod.index',
    ['keyPattern', 'name', 'expireAfterSeconds', 'unique', 'prepareUnique', 'hidden'],
    asked,
  );
  if (asked['hidden'] === true) throw notServed('A hidden index');
  const index = collection.indexes.find(({ spec }) =>
    isDoc(asked['keyPattern']) ? compare(spec.key, asked['keyPattern']) === 0 : spec.name === asked['name'],
  );
  if (index === undefined)
    throw new CommandError(27, `cannot find index for ns ${collection.database}.${collection.name}`);
  const told = { ...changeExpiry(index, asked), ...changeUnique(collection, index, asked) };
  saveDescription(collection);
  return told;
}

function changeExpiry(index: Index, { expireAfterSeconds: seconds }: Doc): Doc {
  if (seconds === undefined) return {};
  const after = integer(seconds, 'expireAfterSeconds');
  if (after < 0 || Object.keys(index.spec.key).length > 1)
    throw new CommandError(72, 'TTL indexes are single-field indexes with a positive expireAfterSeconds');
  const { expireAfterSeconds: before } = index.spec;
  index.spec = { ...index.spec, expireAfterSeconds: after };
  return { ...(before !== undefined && { expireAfterSeconds_old: before }), expireAfterSeconds_new: after };
}

function changeUnique(collection: Collection, index: Index, { unique, prepareUnique }: Doc): Doc {
  const { prepareUnique: before = false, ...spec } = index.spec;
  if (prepareUnique !== undefined) {
    index.spec = prepareUnique === true ? { ...spec, prepareUnique } : spec;
    return { prepareUnique_old: before, prepareUnique_new: prepareUnique === true };
  }
  if (unique !== true) return {};
  if (!before)
    throw new CommandError(72, 'Cannot make index unique with collMod without first setting prepareUnique to true');
  const violations = duplicatesIn(collection, index);
  if (violations.length > 0) {
    const told =
      'Cannot convert the index to unique. Please resolve conflicting documents before running collMod again.';
    throw new CommandError(359, told, { violations });
  }
  index.spec = { ...spec, unique };
  return { unique_new: true };
}

/** The documents that share a key, by their _ids. */
function duplicatesIn(collection: Collection, index: Index): { ids: unknown[] }[] {
  const byKey = new Map<string, unknown[]>();
  for (const { doc } of allDocs(collection)) {
    for (const values of keysOfDoc(index, doc)) {
      const key = keyOf(values);
      byKey.set(key, [...(byKey.get(key) ?? []), doc['_id']]);
    }
  }
  return [...byKey.values()].filter((ids) => ids.length > 1).map((ids) => ({ ids }));
}
