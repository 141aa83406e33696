import { CommandError } from '../errors.js';
import { type Doc, integer, isDoc } from '../values.js';
import { deleteDocs, insertOne, type Target, updateDocs } from '../writes.js';
import {
  arrayOf,
  type Command,
  collectionName,
  databaseOf,
  docOr,
  refuseUnknownItemFields,
  type StoreContext,
  settingsOf,
} from './command.js';
import { MAX_BATCH } from './handshake.js';

const SHARED_FIELDS = ['ordered', 'bypassDocumentValidation'];
const ITEM_FIELDS: Record<string, string[]> = {
  updates: ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'sort', 'c', 'upsertSupplied'],
  deletes: ['q', 'limit', 'hint', 'collation'],
};

export const writeCommands: Record<string, Command> = {
  insert: {
    fields: ['insert', 'documents', ...SHARED_FIELDS],
    writes: true,
    retryable: true,
    run: (context, command) => {
      const target = targetOf(context, command, 'insert');
      let n = 0;
      const writeErrors = eachItem(command, 'documents', (doc) => {
        insertOne(target, doc);
        n++;
      });
      return { n, ...writeErrors };
    },
  },
  update: {
    fields: ['update', 'updates', 'let', ...SHARED_FIELDS],
    writes: true,
    retryable: true,
    run: (context, command) => {
      const target = targetOf(context, command, 'update');
      const totals = { n: 0, nModified: 0 };
      const upserted: Doc[] = [];
      const writeErrors = eachItem(command, 'updates', (item, index) => {
        refuseMany(command, item['multi'] === true);
        const done = updateDocs(target, {
          filter: docOr(item['q'], 'q'),
          update: item['u'],
          multi: item['multi'] === true,
          upsert: item['upsert'] === true,
          hint: item['hint'],
          arrayFilters: item['arrayFilters'],
          settings: settingsOf(item, { ...docOr(command['let'], 'let'), ...docOr(item['c'], 'c') }),
          ...(item['sort'] !== undefined && { sort: docOr(item['sort'], 'sort') }),
        });
        totals.n += done.upserted ? 1 : done.matched;
        totals.nModified += done.modified;
        if (done.upserted) upserted.push({ index, _id: done.after!['_id'] });
      });
      return { ...totals, ...(upserted.length > 0 && { upserted }), ...writeErrors };
    },
  },
  delete: {
    fields: ['delete', 'deletes', 'let', ...SHARED_FIELDS],
    writes: true,
    retryable: true,
    run: (context, command) => {
      const target = targetOf(context, command, 'delete');
      let n = 0;
      const writeErrors = eachItem(command, 'deletes', (item) => {
        const limit = integer(item['limit'], 'limit');
        if (limit !== 0 && limit !== 1)
          throw new CommandError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
        refuseMany(command, limit === 0);
        n += deleteDocs(target, {
          filter: docOr(item['q'], 'q'),
          multi: limit === 0,
          hint: item['hint'],
          settings: settingsOf(item, command['let']),
        }).length;
      });
      return { n, ...writeErrors };
    },
  },
};

function targetOf({ catalog, now }: StoreContext, command: Doc, name: string): Target {
  return {
    catalog,
    database: databaseOf(command),
    name: collectionName(command, name),
    now: now(),
    bypass: command['bypassDocumentValidation'] === true,
  };
}

/** A write that may come again must be of one document each: of many, some may have been changed by others since. */
export function refuseMany(command: Doc, isMany: boolean): void {
  if (isMany && command['txnNumber'] !== undefined && command['autocommit'] === undefined)
    throw new CommandError(72, 'Cannot use (or request) retryable writes with multi=true');
}

/** A transaction ends at its first error, in whatever order its writes may be. */
export function stopsAtErrors({ ordered, autocommit }: Doc): boolean {
  return ordered !== false || autocommit === false;
}

/** Does each item of a batch; an ordered batch stops at its first error. Gives the writeErrors to add to the answer. */
function eachItem(command: Doc, field: string, act: (item: Doc, index: number) => void): { writeErrors?: Doc[] } {
  const items = arrayOf(command[field], field);
  if (items.length === 0 || items.length > MAX_BATCH) {
    throw new CommandError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${items.length} operations.`);
  }
  if (!items.every(isDoc)) throw new CommandError(14, `${field} must hold documents`);
  const known = ITEM_FIELDS[field];
  if (known !== undefined) for (const item of items) refuseUnknownItemFields(field, known, item);
  const writeErrors: Doc[] = [];
  for (const [index, item] of items.entries()) {
    try {
      act(item, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (stopsAtErrors(command)) break;
    }
  }
  return writeErrors.length === 0 ? {} : { writeErrors };
}
