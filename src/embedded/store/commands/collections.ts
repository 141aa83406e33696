import { collectionsOf, dropCollection, ensureCollection, findCollection } from '../catalog.js';
import { firstBatch } from '../cursors.js';
import { CommandError } from '../errors.js';
import { compileFilter } from '../match.js';
import { type Command, collectionName, databaseOf, docOr } from './command.js';
import { cursorOptions } from './find.js';

export const collectionCommands: Record<string, Command> = {
  create: {
    fields: ['create'],
    writes: true,
    run: ({ catalog }, command) => {
      const [database, name] = [databaseOf(command), collectionName(command, 'create')];
      if (findCollection(catalog, database, name) !== null) {
        throw new CommandError(48, `Collection ${database}.${name} already exists.`);
      }
      ensureCollection(catalog, database, name);
      return {};
    },
  },
  drop: {
    fields: ['drop'],
    writes: true,
    run: ({ catalog }, command) => {
      const collection = findCollection(catalog, databaseOf(command), collectionName(command, 'drop'));
      if (collection === null) throw new CommandError(26, 'ns not found');
      dropCollection(catalog, collection);
      return { nIndexesWas: collection.indexes.length + 1, ns: `${collection.database}.${collection.name}` };
    },
  },
  dropDatabase: {
    fields: ['dropDatabase'],
    writes: true,
    run: ({ catalog }, command) => {
      const database = databaseOf(command);
      for (const collection of collectionsOf(catalog, database)) dropCollection(catalog, collection);
      return { dropped: database };
    },
  },
  listCollections: {
    fields: ['listCollections', 'filter', 'nameOnly', 'authorizedCollections', 'cursor'],
    writes: false,
    run: ({ catalog, cursors, now }, command) => {
      const database = databaseOf(command);
      const matches = compileFilter(docOr(command['filter'], 'filter'));
      const docs = collectionsOf(catalog, database).map(({ name }) => {
        if (command['nameOnly'] === true) return { name, type: 'collection' };
        return {
          name,
          type: 'collection',
          options: {},
          info: { readOnly: false },
          idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
        };
      });
      const { batchSize } = cursorOptions(command['cursor']);
      return firstBatch(cursors, `${database}.$cmd.listCollections`, docs.filter(matches), batchSize, false, now());
    },
  },
  listDatabases: {
    fields: ['listDatabases', 'filter', 'nameOnly', 'authorizedDatabases'],
    writes: false,
    run: ({ catalog }, command) => {
      const matches = compileFilter(docOr(command['filter'], 'filter'));
      const names = [...new Set([...catalog.collections.values()].map(({ database }) => database))].sort();
      const databases = names.map((name) =>
        command['nameOnly'] === true ? { name } : { name, sizeOnDisk: 0, empty: false },
      );
      return { databases: databases.filter(matches) };
    },
  },
};
