import { collectionsOf, dropCollection, ensureCollection, findCollection } from '../catalog.js';
import { type Collection, countAll, namespaceOf } from '../collections.js';
import { compare } from '../compare.js';
import { firstBatch } from '../cursors.js';
import { CommandError, notServed } from '../errors.js';
import { compileFilter } from '../match.js';
import { renameCollection } from '../rename.js';
import { readValidation } from '../validation.js';
import { type Doc, isDoc } from '../values.js';
import { viewOf } from '../views.js';
import { arrayOf, type Command, collectionName, databaseOf, docOr } from './command.js';
import { cursorOptions } from './find.js';

/** What create knows of MongoDB's options and does not serve. */
const VALIDATION = ['validator', 'validationLevel', 'validationAction'];

const NOT_SERVED = [
  'capped',
  'size',
  'max',
  'timeseries',
  'clusteredIndex',
  'collation',
  'expireAfterSeconds',
  'changeStreamPreAndPostImages',
  'encryptedFields',
];
/** Those that change nothing here. */
const IDLE = ['autoIndexId', 'storageEngine', 'indexOptionDefaults', 'flags', 'idIndex'];

export const collectionCommands: Record<string, Command> = {
  create: {
    fields: ['create', 'viewOn', 'pipeline', ...VALIDATION, ...NOT_SERVED, ...IDLE],
    writes: true,
    run: ({ catalog }, command) => {
      const [database, name] = [databaseOf(command), collectionName(command, 'create')];
      const options = createOptions(command);
      const found = findCollection(catalog, database, name);
      if (found === null) ensureCollection(catalog, database, name, options);
      else if (compare(found.options, options) !== 0)
        throw new CommandError(48, `namespace ${database}.${name} already exists, but with different options`);
      return {};
    },
  },
  drop: {
    fields: ['drop'],
    writes: true,
    run: ({ catalog }, command) => {
      const [database, name] = [databaseOf(command), collectionName(command, 'drop')];
      const collection = findCollection(catalog, database, name);
      // As of 7.0, dropping what is not there is no error.
      if (collection === null) return { ns: `${database}.${name}` };
      dropCollection(catalog, collection);
      return { nIndexesWas: collection.indexes.length + 1, ns: `${collection.database}.${collection.name}` };
    },
  },
  dropDatabase: {
    fields: ['dropDatabase'],
    writes: true,
    run: ({ catalog }, command) => {
      const database = databaseOf(command);
      const dropped = collectionsOf(catalog, database);
      for (const collection of dropped) catalog.storage.guard.reshape(namespaceOf(collection));
      for (const collection of dropped) dropCollection(catalog, collection);
      return { dropped: database };
    },
  },
  renameCollection: {
    fields: ['renameCollection', 'to', 'dropTarget', 'stayTemp'],
    writes: true,
    run: ({ catalog }, command) => {
      if (databaseOf(command) !== 'admin')
        throw new CommandError(13, 'renameCollection may only be run against the admin database.');
      const [from, to] = [splitNamespace(command['renameCollection']), splitNamespace(command['to'])];
      const collection = findCollection(catalog, from.database, from.name);
      if (collection === null) throw new CommandError(26, `Source collection ${from.namespace} does not exist`);
      if (from.namespace === to.namespace) throw new CommandError(20, "Can't rename a collection to itself");
      if (viewOf(collection) !== null)
        throw new CommandError(166, `Namespace ${from.namespace} is a view, not a collection`);
      if (findCollection(catalog, to.database, to.name) !== null && command['dropTarget'] !== true)
        throw new CommandError(48, 'target namespace exists');
      renameCollection(catalog, collection, to.database, to.name);
      return {};
    },
  },
  listCollections: {
    fields: ['listCollections', 'filter', 'nameOnly', 'authorizedCollections', 'cursor'],
    writes: false,
    run: ({ catalog, cursors, now }, command) => {
      const database = databaseOf(command);
      const matches = compileFilter(docOr(command['filter'], 'filter'));
      const found = collectionsOf(catalog, database).map(described).filter(matches);
      const docs = command['nameOnly'] === true ? found.map(({ name, type }) => ({ name, type })) : found;
      const { batchSize } = cursorOptions(command['cursor']);
      return firstBatch(cursors, `${database}.$cmd.listCollections`, docs, batchSize, false, now());
    },
  },
  listDatabases: {
    fields: ['listDatabases', 'filter', 'nameOnly', 'authorizedDatabases'],
    writes: false,
    run: ({ catalog }, command) => {
      const matches = compileFilter(docOr(command['filter'], 'filter'));
      const names = [...new Set([...catalog.collections.values()].map(({ database }) => database))].sort();
      const databases = names
        .map((name) => ({
          name,
          sizeOnDisk: 0,
          empty: collectionsOf(catalog, name).every((one) => countAll(one) === 0),
        }))
        .filter(matches);
      if (command['nameOnly'] === true) return { databases: databases.map(({ name }) => ({ name })) };
      return { databases, totalSize: 0, totalSizeMb: 0 };
    },
  },
};

/** What is kept of a collection's options. Errors: CommandError for those that are not served. */
function createOptions(command: Doc): Doc {
  const refused = NOT_SERVED.find((option) => command[option] !== undefined && command[option] !== false);
  if (refused !== undefined) throw notServed(`The option '${refused}' of create`);
  const { viewOn, pipeline } = command;
  if (viewOn === undefined) {
    if (pipeline !== undefined) throw new CommandError(72, "'pipeline' requires 'viewOn' to also be specified");
    return readValidation(command);
  }
  if (typeof viewOn !== 'string' || viewOn === '') throw new CommandError(2, "'viewOn' cannot be empty");
  const stages = pipeline === undefined ? [] : arrayOf(pipeline, 'pipeline');
  const writing = stages.find((stage) => isDoc(stage) && ('$out' in stage || '$merge' in stage));
  if (writing !== undefined) throw new CommandError(167, 'The aggregation stage $out in a view is not allowed');
  return { viewOn, pipeline: stages };
}

function described(collection: Collection): Doc {
  const { name, options } = collection;
  if (viewOf(collection) !== null) return { name, type: 'view', options, info: { readOnly: true } };
  return {
    name,
    type: 'collection',
    options,
    info: { readOnly: false },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  };
}

function splitNamespace(given: unknown): { database: string; name: string; namespace: string } {
  const namespace = String(given);
  const dot = namespace.indexOf('.');
  const name = namespace.slice(dot + 1);
  if (dot < 1 || name === '' || name.startsWith('.') || name.includes('$') || namespace.length > 255)
    throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  return { database: databaseOf({ $db: namespace.slice(0, dot) }), name, namespace };
}
