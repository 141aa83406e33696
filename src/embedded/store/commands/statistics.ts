import { collectionsOf, findCollection, indexSpecs } from '../catalog.js';
import { type Collection, countAll } from '../collections.js';
import { CommandError } from '../errors.js';
import { validateCollection } from '../validate.js';
import type { Doc } from '../values.js';
import { noView, viewOf } from '../views.js';
import { type Command, collectionName, databaseOf } from './command.js';

/** Sizes are not kept: what is asked of them is told as 0, as MongoDB does of what it has not counted. */
const NO_SIZES = { size: 0, avgObjSize: 0, storageSize: 0, totalIndexSize: 0, totalSize: 0 };

export const statisticsCommands: Record<string, Command> = {
  collStats: {
    fields: ['collStats', 'scale'],
    writes: false,
    run: ({ catalog }, command) => {
      const [database, name] = [databaseOf(command), collectionName(command, 'collStats')];
      const collection = noView(findCollection(catalog, database, name));
      const specs = collection === null ? [] : indexSpecs(collection);
      return {
        ns: `${database}.${name}`,
        count: collection === null ? 0 : countAll(collection),
        ...NO_SIZES,
        capped: false,
        nindexes: specs.length,
        indexSizes: Object.fromEntries(specs.map((spec) => [spec['name'], 0])),
        scaleFactor: 1,
      };
    },
  },
  validate: {
    fields: ['validate', 'full', 'metadata', 'checkBSONConformance'],
    writes: false,
    run: ({ catalog }, command) => {
      const [database, name] = [databaseOf(command), collectionName(command, 'validate')];
      const collection = noView(findCollection(catalog, database, name));
      if (collection === null)
        throw new CommandError(26, `Collection '${database}.${name}' does not exist to validate.`);
      const { valid, documents, keys, errors } = validateCollection(collection);
      const counted = { nrecords: documents, nIndexes: Object.keys(keys).length, keysPerIndex: keys };
      return { ns: `${database}.${name}`, ...counted, valid, warnings: [], errors };
    },
  },
  dbStats: { fields: ['dbStats', 'dbstats', 'scale', 'freeStorage'], writes: false, run: dbStats },
  dbstats: { fields: ['dbStats', 'dbstats', 'scale', 'freeStorage'], writes: false, run: dbStats },
};

function dbStats({ catalog }: Parameters<Command['run']>[0], command: Doc): Doc {
  const db = databaseOf(command);
  const all = collectionsOf(catalog, db);
  const collections = all.filter((collection) => viewOf(collection) === null);
  const sum = (of: (collection: Collection) => number) => collections.reduce((total, one) => total + of(one), 0);
  return {
    db,
    collections: collections.length,
    views: all.length - collections.length,
    objects: sum(countAll),
    avgObjSize: 0,
    dataSize: 0,
    storageSize: 0,
    indexes: sum(({ indexes }) => indexes.length + 1),
    indexSize: 0,
    totalSize: 0,
    scaleFactor: 1,
  };
}
