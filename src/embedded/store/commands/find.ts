import { Long } from 'bson';
import { runPipeline } from '../aggregation/pipelines.js';
import { compare } from '../compare.js';
import { firstBatchOf, nextBatch } from '../cursors.js';
import { CommandError, notServed } from '../errors.js';
import { compileFindProjection, fieldsAsked } from '../findProjection.js';
import { type Flow, forEach, mapped, type Steps } from '../flow.js';
import { keyOf } from '../keys.js';
import { candidates, MISSING, splitPath } from '../paths.js';
import { type Selection, streamDocs } from '../select.js';
import { PLAIN, type Settings } from '../settings.js';
import { type Doc, integer } from '../values.js';
import { sourceOf } from '../views.js';
import {
  arrayOf,
  type Command,
  collectionName,
  countOr,
  databaseOf,
  docOr,
  type Reply,
  refuseUnknownItemFields,
  type StoreContext,
  settingsOf,
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
    hint: command['hint'],
    settings: settingsOf(command),
  };
}

export function countSelection(command: Doc): Selection {
  return {
    filter: docOr(command['query'], 'query'),
    skip: countOr(command['skip'], 'skip', 0),
    // A negative limit means the same as a positive one here.
    limit: Math.abs(integer(command['limit'] ?? 0, 'limit')),
    countOnly: true,
    hint: command['hint'],
    settings: settingsOf(command),
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
      'hint',
      'collation',
      'let',
      'returnKey',
      'showRecordId',
      'allowPartialResults',
    ],
    writes: false,
    run: (context, command) => {
      const { cursors, now } = context;
      const [database, name] = [databaseOf(command), collectionName(command, 'find')];
      for (const field of ['returnKey', 'showRecordId'])
        if (command[field] === true) throw notServed(`The option '${field}' of find`);
      const projection = docOr(command['projection'], 'projection');
      const found = findSelection(command);
      const project = compileFindProjection(projection, found.filter, found.settings);
      const isPassedOn = Object.keys(projection).length === 0;
      const selection = { ...found, isPassedOn, asked: fieldsAsked(projection) };
      const docs = mapped(selected(context, command, 'find', selection), project);
      const batchSize = command['batchSize'] === undefined ? null : countOr(command['batchSize'], 'batchSize', 0);
      return firstBatchOf(cursors, `${database}.${name}`, docs, batchSize, command['singleBatch'] === true, now());
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
    fields: ['count', 'query', 'skip', 'limit', 'hint', 'collation', 'fields'],
    writes: false,
    run: function* (context, command): Steps<Reply> {
      let n = 0;
      yield* forEach(selected(context, command, 'count', countSelection(command)), () => {
        n++;
      });
      return { n };
    },
  },
  distinct: {
    fields: ['distinct', 'key', 'query', 'hint', 'collation'],
    writes: false,
    run: function* (context, command): Steps<Reply> {
      if (typeof command['key'] !== 'string') throw new CommandError(14, 'distinct needs a key');
      const segments = splitPath(command['key']);
      const settings = settingsOf(command);
      const selection = { filter: docOr(command['query'], 'query'), hint: command['hint'], settings };
      const values = new Map<string, unknown>();
      yield* forEach(selected(context, command, 'distinct', selection), (doc) => {
        const found = candidates(doc, segments);
        for (const value of Array.isArray(found.at(-1)) ? found.slice(0, -1) : found) {
          if (value !== MISSING && !values.has(keyOf(value))) values.set(keyOf(value), value);
        }
      });
      return { values: settings.collation === null ? [...values.values()] : unequal([...values.values()], settings) };
    },
  },
};

/** The documents of a collection, read as they are asked for, or of a view. */
function selected({ catalog, now }: StoreContext, command: Doc, key: string, selection: Selection): Flow {
  const [database, name] = [databaseOf(command), collectionName(command, key)];
  const source = sourceOf(catalog, database, name);
  if (source.stages.length === 0) return streamDocs(source.collection, selection);
  const { filter, sort = {}, skip = 0, limit = 0, settings = PLAIN } = selection;
  const pipeline = [
    { $match: filter },
    ...(Object.keys(sort).length > 0 ? [{ $sort: sort }] : []),
    ...(skip > 0 ? [{ $skip: skip }] : []),
    ...(limit > 0 ? [{ $limit: limit }] : []),
  ];
  return runPipeline({ catalog, database, name, pipeline, settings, command, now: now() });
}

/** One of each group of values that a collation holds equal. */
function unequal(values: unknown[], { collation }: Settings): unknown[] {
  const sorted = [...values].sort((a, b) => compare(a, b, collation));
  return sorted.filter((value, i) => i === 0 || compare(value, sorted[i - 1], collation) !== 0);
}
