import { ensureCollection, findCollection, indexSpecs } from '../catalog.js';
import { buildIndex, type Collection, dropIndex } from '../collections.js';
import { compare } from '../compare.js';
import { firstBatch } from '../cursors.js';
import { CommandError, notServed } from '../errors.js';
import type { IndexSpec } from '../indexes.js';
import { compileFilter } from '../match.js';
import { type Doc, integer, isDoc } from '../values.js';
import { noView } from '../views.js';
import { arrayOf, type Command, collectionName, databaseOf, refuseUnknownItemFields } from './command.js';
import { cursorOptions } from './find.js';

const SPEC_FIELDS = [
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'v',
  'hidden',
  'prepareUnique',
  'collation',
];

export const indexCommands: Record<string, Command> = {
  createIndexes: {
    fields: ['createIndexes', 'indexes', 'commitQuorum'],
    writes: true,
    run: ({ catalog }, command) => {
      const [database, name] = [databaseOf(command), collectionName(command, 'createIndexes')];
      const specs = arrayOf(command['indexes'], 'indexes').map(readSpec);
      const createdCollectionAutomatically = noView(findCollection(catalog, database, name)) === null;
      const collection = ensureCollection(catalog, database, name);
      const numIndexesBefore = collection.indexes.length + 1;
      for (const spec of specs) if (isNew(collection, spec)) buildIndex(collection, spec);
      const numIndexesAfter = collection.indexes.length + 1;
      const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
      return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...note };
    },
  },
  listIndexes: {
    fields: ['listIndexes', 'cursor'],
    writes: false,
    run: ({ catalog, cursors, now }, command) => {
      const collection = existing(findCollection(catalog, databaseOf(command), collectionName(command, 'listIndexes')));
      const { batchSize } = cursorOptions(command['cursor']);
      return firstBatch(
        cursors,
        `${collection.database}.${collection.name}`,
        indexSpecs(collection),
        batchSize,
        false,
        now(),
      );
    },
  },
  dropIndexes: {
    fields: ['dropIndexes', 'index'],
    writes: true,
    run: ({ catalog }, command) => {
      const collection = existing(findCollection(catalog, databaseOf(command), collectionName(command, 'dropIndexes')));
      const nIndexesWas = collection.indexes.length + 1;
      for (const name of namesToDrop(collection, command['index'])) dropIndex(collection, name);
      return { nIndexesWas };
    },
  },
};

function existing(collection: Collection | null): Collection {
  if (noView(collection) === null) throw new CommandError(26, 'ns does not exist');
  return collection!;
}

function namesToDrop(collection: Collection, index: unknown): string[] {
  if (index === '*') return collection.indexes.map(({ spec }) => spec.name);
  return (Array.isArray(index) ? index : [index]).map((wanted) => {
    if (wanted === '_id_') throw new CommandError(72, 'cannot drop _id index');
    const found = collection.indexes.find(({ spec }) =>
      isDoc(wanted) ? compare(spec.key, wanted) === 0 : spec.name === wanted,
    );
    if (found === undefined) throw new CommandError(27, `index not found with name [${String(wanted)}]`);
    return found.spec.name;
  });
}

function readSpec(given: unknown): IndexSpec {
  refuseUnknownItemFields('createIndexes', SPEC_FIELDS, given);
  const { key, name, unique, sparse, partialFilterExpression: partial, expireAfterSeconds: expiry } = given;
  if (!isDoc(key) || Object.keys(key).length === 0) throw new CommandError(67, 'Index keys cannot be empty.');
  if (typeof name !== 'string' || name === '')
    throw new CommandError(9, "The 'name' field is a required property of an index");
  for (const [path, direction] of Object.entries(key)) {
    if (path.includes('$')) throw notServed(`An index on '${path}'`);
    if (Number(direction) !== 1 && Number(direction) !== -1) throw notServed(`An index of kind '${String(direction)}'`);
  }
  if (given['hidden'] === true) throw notServed('A hidden index');
  if (isDoc(given['collation']) && given['collation']['locale'] !== 'simple')
    throw notServed('An index with a collation');
  if (partial !== undefined) compileFilter(partial);
  if (sparse === true && partial !== undefined)
    throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  if (expiry !== undefined && (Object.keys(key).length > 1 || integer(expiry, 'expireAfterSeconds') < 0)) {
    throw new CommandError(67, 'TTL indexes are single-field indexes with a positive expireAfterSeconds');
  }
  return {
    key,
    name,
    ...(unique === true && { unique }),
    ...(given['prepareUnique'] === true && { prepareUnique: true }),
    ...(sparse === true && { sparse }),
    ...(partial !== undefined && { partialFilterExpression: partial as Doc }),
    ...(expiry !== undefined && { expireAfterSeconds: integer(expiry, 'expireAfterSeconds') }),
  };
}

/** Whether an index is still to be built. Errors: CommandError 85 or 86 when it contradicts one that is there. */
function isNew(collection: Collection, spec: IndexSpec): boolean {
  if (Object.keys(spec.key).join() === '_id') return false;
  const sameName = collection.indexes.find((index) => index.spec.name === spec.name);
  if (sameName !== undefined) {
    if (compare(comparable(sameName.spec), comparable(spec)) === 0) return false;
    throw new CommandError(
      86,
      `An existing index has the same name as the requested index: ${spec.name}, with other keys or options`,
    );
  }
  const sameKey = collection.indexes.find((index) => compare(index.spec.key, spec.key) === 0);
  const partial = (of: IndexSpec) => of.partialFilterExpression ?? null;
  if (sameKey !== undefined && compare(partial(sameKey.spec), partial(spec)) === 0) {
    throw new CommandError(85, `Index already exists with a different name: ${sameKey.spec.name}`);
  }
  return true;
}

function comparable(spec: IndexSpec): unknown[] {
  const { key, name, unique = false, sparse = false, partialFilterExpression = null, expireAfterSeconds = null } = spec;
  return [key, name, unique, sparse, partialFilterExpression, expireAfterSeconds];
}
