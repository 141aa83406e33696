import { Long } from 'bson';
import { findCollection } from '../catalog.js';
import { firstBatch, nextBatch } from '../cursors.js';
import { CommandError } from '../errors.js';
import { keyOf } from '../keys.js';
import { candidates, MISSING, splitPath } from '../paths.js';
import { compileProjection } from '../project.js';
import { type Selection, selectDocs } from '../select.js';
import { type Doc, integer } from '../values.js';
import {
  arrayOf,
  type Command,
  collectionName,
  countOr,
  databaseOf,
  docOr,
  refuseUnknownItemFields,
} from './command.js';

/** Reads { cursor: { batchSize } }. */
export function cursorOptions(cursor: unknown): { batchSize: number | null } {
  const options = docOr(cursor, 'cursor');
  refuseUnknownItemFields('cursor', ['batchSize'], options);
  return { batchSize: options['batchSize'] === undefined ? null : countOr(options['batchSize'], 'batchSize', 0) };
}

export function findSelection(command: Doc): Selection {
  return {
    filter: docOr(command['filter'], 'filter'),
    sort: docOr(command['sort'], 'sort'),
    skip: countOr(command['skip'], 'skip', 0),
    limit: countOr(command['limit'], 'limit', 0),
  };
}

export function countSelection(command: Doc): Selection {
  return {
    filter: docOr(command['query'], 'query'),
    skip: countOr(command['skip'], 'skip', 0),
    // A negative limit means the same as a positive one here.
    limit: Math.abs(integer(command['limit'] ?? 0, 'limit')),
    countOnly: true,
  };
}

export const findCommands: Record<string, Command> = {
  find: {
    fields: [
      'find',
      'filter',
      'sort',
      'projection',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'allowDiskUse',
      'noCursorTimeout',
    ],
    writes: false,
    run: ({ catalog, cursors, now }, command) => {
      const [database, name] = [databaseOf(command), collectionName(command, 'find')];
      const project = compileProjection(docOr(command['projection'], 'projection'));
      const found = selectDocs(findCollection(catalog, database, name), findSelection(command));
      const docs = found.map(({ doc }) => project(doc));
      const batchSize = command['batchSize'] === undefined ? null : countOr(command['batchSize'], 'batchSize', 0);
      return firstBatch(cursors, `${database}.${name}`, docs, batchSize, command['singleBatch'] === true, now());
    },
  },
  getMore: {
    fields: ['getMore', 'collection', 'batchSize'],
    writes: false,
    run: ({ cursors, now }, command) => {
      const id = command['getMore'];
      if (!(id instanceof Long)) throw new CommandError(14, 'getMore needs a cursor id of type long');
      const namespace = `${databaseOf(command)}.${collectionName(command, 'collection')}`;
      return nextBatch(cursors, id, namespace, countOr(command['batchSize'], 'batchSize', 0), now());
    },
  },
  killCursors: {
    fields: ['killCursors', 'cursors'],
    writes: false,
    run: ({ cursors }, command) => {
      const ids = arrayOf(command['cursors'], 'cursors');
      const cursorsKilled = ids.filter((id) => cursors.delete(String(id)));
      const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
      return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
    },
  },
  count: {
    fields: ['count', 'query', 'skip', 'limit'],
    writes: false,
    run: ({ catalog }, command) => {
      const collection = findCollection(catalog, databaseOf(command), collectionName(command, 'count'));
      return { n: selectDocs(collection, countSelection(command)).length };
    },
  },
  distinct: {
    fields: ['distinct', 'key', 'query'],
    writes: false,
    run: ({ catalog }, command) => {
      const collection = findCollection(catalog, databaseOf(command), collectionName(command, 'distinct'));
      if (typeof command['key'] !== 'string') throw new CommandError(14, 'distinct needs a key');
      const segments = splitPath(command['key']);
      const values = new Map<string, unknown>();
      for (const { doc } of selectDocs(collection, { filter: docOr(command['query'], 'query') })) {
        const found = candidates(doc, segments);
        for (const value of Array.isArray(found.at(-1)) ? found.slice(0, -1) : found) {
          if (value !== MISSING && !values.has(keyOf(value))) values.set(keyOf(value), value);
        }
      }
      return { values: [...values.values()] };
    },
  },
};
