import { Double } from 'bson';
import { firstBatch } from '../cursors.js';
import { CommandError } from '../errors.js';
import { type Doc, integer, withFields } from '../values.js';
import { deleteDocs, insertOne, type Target, updateDocs } from '../writes.js';
import {
  arrayOf,
  type Command,
  databaseOf,
  docOr,
  refuseUnknownItemFields,
  type StoreContext,
  settingsOf,
} from './command.js';
import { cursorOptions } from './find.js';
import { MAX_BATCH } from './handshake.js';
import { refuseMany, stopsAtErrors } from './write.js';

type Totals = Record<'nInserted' | 'nMatched' | 'nModified' | 'nUpserted' | 'nDeleted', number>;
/** Does one operation, and gives what the cursor tells of it. */
type Act = (target: Target, op: Doc, command: Doc, totals: Totals) => Doc;

const ACTS: Record<string, Act> = {
  insert: (target, op, _command, totals) => {
    refuseUnknownItemFields('bulkWrite.ops', ['insert', 'document'], op);
    insertOne(target, docOr(op['document'], 'document'));
    totals.nInserted++;
    return { n: 1 };
  },
  update: (target, op, command, totals) => {
    refuseUnknownItemFields('bulkWrite.ops', UPDATE_FIELDS, op);
    refuseMany(command, op['multi'] === true);
    const done = updateDocs(target, {
      filter: docOr(op['filter'], 'filter'),
      update: op['updateMods'],
      multi: op['multi'] === true,
      upsert: op['upsert'] === true,
      hint: op['hint'],
      arrayFilters: op['arrayFilters'],
      settings: settingsOf(op, { ...docOr(command['let'], 'let'), ...docOr(op['constants'], 'constants') }),
      ...(op['sort'] !== undefined && { sort: docOr(op['sort'], 'sort') }),
    });
    totals.nMatched += done.matched;
    totals.nModified += done.modified;
    if (!done.upserted) return { n: done.matched, nModified: done.modified };
    totals.nUpserted++;
    return { n: 1, nModified: 0, upserted: { _id: done.after!['_id'] } };
  },
  delete: (target, op, command, totals) => {
    refuseUnknownItemFields('bulkWrite.ops', ['delete', 'filter', 'multi', 'hint', 'collation', 'sort'], op);
    refuseMany(command, op['multi'] === true);
    const gone = deleteDocs(target, {
      filter: docOr(op['filter'], 'filter'),
      multi: op['multi'] === true,
      hint: op['hint'],
      settings: settingsOf(op, command['let']),
    });
    totals.nDeleted += gone.length;
    return { n: gone.length };
  },
};
const UPDATE_FIELDS = [
  'update',
  'filter',
  'updateMods',
  'multi',
  'upsert',
  'arrayFilters',
  'hint',
  'collation',
  'sort',
  'constants',
];

/** Writes to several collections in one command; a cursor tells of each, or of the errors alone. */
const bulkWrite: Command = {
  fields: ['bulkWrite', 'ops', 'nsInfo', 'ordered', 'errorsOnly', 'bypassDocumentValidation', 'let', 'cursor'],
  writes: true,
  retryable: true,
  run: (context, command) => {
    if (databaseOf(command) !== 'admin')
      throw new CommandError(13, 'bulkWrite may only be run against the admin database.');
    const ops = arrayOf(command['ops'], 'ops') as Doc[];
    if (ops.length === 0 || ops.length > MAX_BATCH)
      throw new CommandError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${ops.length} operations.`);
    const targets = arrayOf(command['nsInfo'], 'nsInfo').map((info) => targetOf(context, command, info));
    const totals: Totals = { nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
    const told: Doc[] = [];
    let nErrors = 0;
    for (const [idx, op] of ops.entries()) {
      const done = carryOut(targets, op, command, totals);
      if (done['ok'] === 0) nErrors++;
      if (done['ok'] === 0 || command['errorsOnly'] !== true)
        told.push({ ...done, ok: new Double(Number(done['ok'])), idx });
      if (done['ok'] === 0 && stopsAtErrors(command)) break;
    }
    const { batchSize } = cursorOptions(command['cursor']);
    const reply = firstBatch(context.cursors, 'admin.$cmd.bulkWrite', told, batchSize, false, context.now());
    return withFields(reply, { nErrors, ...totals });
  },
};

export const bulkWriteCommands: Record<string, Command> = { bulkWrite };

function targetOf({ catalog, now }: StoreContext, command: Doc, info: unknown): Target {
  const ns = String(docOr(info, 'nsInfo')['ns']);
  const dot = ns.indexOf('.');
  if (dot < 1 || dot === ns.length - 1) throw new CommandError(73, `Invalid namespace specified '${ns}'`);
  return {
    catalog,
    database: databaseOf({ $db: ns.slice(0, dot) }),
    name: ns.slice(dot + 1),
    now: now(),
    bypass: command['bypassDocumentValidation'] === true,
  };
}

function carryOut(targets: Target[], op: Doc, command: Doc, totals: Totals): Doc {
  const name = Object.keys(op)[0] ?? '';
  const act = Object.hasOwn(ACTS, name) ? ACTS[name]! : null;
  if (act === null) throw new CommandError(9, `Unrecognized bulkWrite operation '${name}'`);
  const target = targets[integer(op[name], name)];
  if (target === undefined) throw new CommandError(2, `BulkWrite ops entry refers to no entry of nsInfo`);
  try {
    return { ok: 1, ...act(target, op, command, totals) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { ok: 0, code: error.code, errmsg: error.message, ...error.details, n: 0 };
  }
}
