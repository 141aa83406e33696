import { CommandError } from '../errors.js';
import { compileFindProjection } from '../findProjection.js';
import type { Settings } from '../settings.js';
import type { Doc } from '../values.js';
import { deleteDocs, type Target, updateDocs } from '../writes.js';
import { type Command, collectionName, databaseOf, docOr, settingsOf } from './command.js';

const findAndModify: Command = {
  fields: [
    'findAndModify',
    'findandmodify',
    'query',
    'sort',
    'update',
    'remove',
    'new',
    'upsert',
    'fields',
    'bypassDocumentValidation',
    'arrayFilters',
    'collation',
    'hint',
    'let',
  ],
  writes: true,
  retryable: true,
  run: ({ catalog, now }, command) => {
    const settings = settingsOf(command);
    const project = compileFindProjection(
      docOr(command['fields'], 'fields'),
      docOr(command['query'], 'query'),
      settings,
    );
    const name = collectionName(command, command['findAndModify'] === undefined ? 'findandmodify' : 'findAndModify');
    const target = {
      catalog,
      database: databaseOf(command),
      name,
      now: now(),
      bypass: command['bypassDocumentValidation'] === true,
    };
    const act = command['remove'] === true ? remove : update;
    const { value, lastErrorObject } = act(target, command, settings);
    return { lastErrorObject, value: value === null ? null : project(value) };
  },
};

export const findAndModifyCommands: Record<string, Command> = { findAndModify, findandmodify: findAndModify };

interface Done {
  value: Doc | null;
  lastErrorObject: Doc;
}

function remove(target: Target, command: Doc, settings: Settings): Done {
  if (command['update'] !== undefined || command['upsert'] === true || command['new'] === true) {
    throw new CommandError(9, "Cannot specify update, upsert or new with 'remove'");
  }
  const { first: gone } = deleteDocs(target, { ...selectionOf(command), multi: false, settings });
  return { value: gone, lastErrorObject: { n: gone === null ? 0 : 1 } };
}

function selectionOf(command: Doc) {
  return {
    filter: docOr(command['query'], 'query'),
    hint: command['hint'],
    sort: docOr(command['sort'], 'sort'),
  };
}

function update(target: Target, command: Doc, settings: Settings): Done {
  if (command['update'] === undefined) throw new CommandError(9, 'Either an update or remove=true must be specified');
  const done = updateDocs(target, {
    ...selectionOf(command),
    update: command['update'],
    upsert: command['upsert'] === true,
    arrayFilters: command['arrayFilters'],
    settings,
  });
  const value = command['new'] === true ? done.after : done.before;
  if (done.upserted) {
    return { value, lastErrorObject: { n: 1, updatedExisting: false, upserted: done.after!['_id'] } };
  }
  return { value, lastErrorObject: { n: done.matched, updatedExisting: done.matched > 0 } };
}
