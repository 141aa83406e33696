import { ensureCollection, findCollection } from '../catalog.js';
import { insertDoc, removeDoc, replaceDoc } from '../collections.js';
import { CommandError } from '../errors.js';
import { selectDocs } from '../select.js';
import { compileUpdate, isReplacement } from '../update.js';
import { upsertDoc } from '../upsert.js';
import { type Doc, integer } from '../values.js';
import {
  arrayOf,
  type Command,
  collectionName,
  databaseOf,
  docOr,
  refuseUnknownItemFields,
  type StoreContext,
} from './command.js';
import { MAX_BATCH } from './handshake.js';

const SHARED_FIELDS = ['ordered', 'bypassDocumentValidation'];

export const writeCommands: Record<string, Command> = {
  insert: {
    fields: ['insert', 'documents', ...SHARED_FIELDS],
    writes: true,
    run: (context, command) => {
      const collection = ensureCollection(context.catalog, databaseOf(command), collectionName(command, 'insert'));
      let n = 0;
      const writeErrors = eachItem(command, 'documents', (doc) => {
        insertDoc(collection, docOr(doc, 'documents'));
        n++;
      });
      return { n, ...writeErrors };
    },
  },
  update: {
    fields: ['update', 'updates', ...SHARED_FIELDS],
    writes: true,
    run: (context, command) => {
      const totals = { n: 0, nModified: 0 };
      const upserted: Doc[] = [];
      const writeErrors = eachItem(command, 'updates', (item, index) => {
        const done = updateOne(context, command, item);
        totals.n += done.matched;
        totals.nModified += done.modified;
        if (done.upserted !== undefined) upserted.push({ index, _id: done.upserted['_id'] });
      });
      return { ...totals, ...(upserted.length > 0 && { upserted }), ...writeErrors };
    },
  },
  delete: {
    fields: ['delete', 'deletes', ...SHARED_FIELDS],
    writes: true,
    run: (context, command) => {
      const collection = findCollection(context.catalog, databaseOf(command), collectionName(command, 'delete'));
      let n = 0;
      const writeErrors = eachItem(command, 'deletes', (item) => {
        refuseUnknownItemFields('delete', ['q', 'limit'], item);
        const limit = integer(item['limit'], 'limit');
        if (limit !== 0 && limit !== 1)
          throw new CommandError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
        const gone = selectDocs(collection, { filter: docOr(item['q'], 'q'), limit });
        for (const stored of gone) removeDoc(collection!, stored);
        n += gone.length;
      });
      return { n, ...writeErrors };
    },
  },
};

interface Updated {
  matched: number;
  modified: number;
  upserted?: Doc;
}

function updateOne(context: StoreContext, command: Doc, item: unknown): Updated {
  refuseUnknownItemFields('update', ['q', 'u', 'multi', 'upsert'], item);
  const { u: update, multi, upsert } = item;
  const filter = docOr(item['q'], 'q');
  if (multi === true && isReplacement(update)) {
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  }
  const change = compileUpdate(update, context.now());
  const [database, name] = [databaseOf(command), collectionName(command, 'update')];
  const collection = findCollection(context.catalog, database, name);
  const found = selectDocs(collection, { filter, limit: multi === true ? 0 : 1 });
  if (found.length === 0 && upsert === true) {
    const upserted = insertDoc(
      ensureCollection(context.catalog, database, name),
      upsertDoc(filter, update, change),
    ).doc;
    return { matched: 1, modified: 0, upserted };
  }
  let modified = 0;
  for (const stored of found) {
    const changed = change(stored.doc, false);
    if (changed === stored.doc) continue;
    replaceDoc(collection!, stored, changed);
    modified++;
  }
  return { matched: found.length, modified };
}

/** Does each item of a batch; an ordered batch stops at its first error. Gives the writeErrors to add to the answer. */
function eachItem(command: Doc, field: string, act: (item: unknown, index: number) => void): { writeErrors?: Doc[] } {
  const items = arrayOf(command[field], field);
  if (items.length === 0 || items.length > MAX_BATCH) {
    throw new CommandError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${items.length} operations.`);
  }
  const writeErrors: Doc[] = [];
  for (const [index, item] of items.entries()) {
    try {
      act(item, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (command['ordered'] !== false) break;
    }
  }
  return writeErrors.length === 0 ? {} : { writeErrors };
}
