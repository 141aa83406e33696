import { ensureCollection, findCollection } from '../catalog.js';
import { insertDoc, removeDoc, replaceDoc } from '../collections.js';
import { CommandError } from '../errors.js';
import { compileProjection } from '../project.js';
import { selectDocs } from '../select.js';
import { compileUpdate } from '../update.js';
import { upsertDoc } from '../upsert.js';
import type { Doc } from '../values.js';
import { type Command, collectionName, databaseOf, docOr, type StoreContext } from './command.js';

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
  ],
  writes: true,
  run: (context, command) => {
    const project = compileProjection(docOr(command['fields'], 'fields'));
    const { value, lastErrorObject } = command['remove'] === true ? remove(context, command) : update(context, command);
    return { lastErrorObject, value: value === null ? null : project(value) };
  },
};

export const findAndModifyCommands: Record<string, Command> = { findAndModify, findandmodify: findAndModify };

interface Done {
  value: Doc | null;
  lastErrorObject: Doc;
}

function selectOne(context: StoreContext, command: Doc) {
  const name = collectionName(command, command['findAndModify'] === undefined ? 'findandmodify' : 'findAndModify');
  const filter = docOr(command['query'], 'query');
  const database = databaseOf(command);
  const collection = findCollection(context.catalog, database, name);
  const [found] = selectDocs(collection, { filter, sort: docOr(command['sort'], 'sort'), limit: 1 });
  return { database, name, filter, collection, found };
}

function remove(context: StoreContext, command: Doc): Done {
  if (command['update'] !== undefined || command['upsert'] === true || command['new'] === true) {
    throw new CommandError(9, "Cannot specify update, upsert or new with 'remove'");
  }
  const { collection, found } = selectOne(context, command);
  if (found === undefined) return { value: null, lastErrorObject: { n: 0 } };
  removeDoc(collection!, found);
  return { value: found.doc, lastErrorObject: { n: 1 } };
}

function update(context: StoreContext, command: Doc): Done {
  if (command['update'] === undefined) throw new CommandError(9, 'Either an update or remove=true must be specified');
  const change = compileUpdate(command['update'], context.now());
  const { database, name, filter, collection, found } = selectOne(context, command);
  const wantsNew = command['new'] === true;
  if (found !== undefined) {
    const before = found.doc;
    const after = change(before, false);
    if (after !== before) replaceDoc(collection!, found, after);
    return { value: wantsNew ? after : before, lastErrorObject: { n: 1, updatedExisting: true } };
  }
  if (command['upsert'] !== true) return { value: null, lastErrorObject: { n: 0, updatedExisting: false } };
  const { doc } = insertDoc(
    ensureCollection(context.catalog, database, name),
    upsertDoc(filter, command['update'], change),
  );
  return { value: wantsNew ? doc : null, lastErrorObject: { n: 1, updatedExisting: false, upserted: doc['_id'] } };
}
