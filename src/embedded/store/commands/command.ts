import type { Catalog } from '../catalog.js';
import type { Member } from '../clock.js';
import { readCollation } from '../collation.js';
import type { Cursors } from '../cursors.js';
import { CommandError, notServed } from '../errors.js';
import { prepareExpression } from '../expressions/compile.js';
import type { Steps } from '../flow.js';
import type { Sessions } from '../sessions.js';
import type { Settings } from '../settings.js';
import type { Transactions } from '../transactions/transaction.js';
import { type Doc, integer, isDoc } from '../values.js';

/** What every command works on. */
export interface StoreContext {
  catalog: Catalog;
  cursors: Cursors;
  sessions: Sessions;
  transactions: Transactions;
  member: Member;
  now: () => Date;
  /** Bytes that are free on its disk. */
  free: () => number;
}

/**
 * A command: the fields that it understands, whether it may change data, and what it does: all in one go, or in steps between
 * which others may have their turn. One that writes in several goes sees to that itself, and promises its answer.
 */
export interface Command {
  fields: string[];
  writes: boolean | ((command: Doc) => boolean);
  /** Whether its client may number it, and send it again when no answer came. */
  retryable?: boolean;
  run(context: StoreContext, command: Doc): Reply | Steps<Reply> | Promise<Reply>;
}

export type Reply = Doc | Uint8Array;

/** Fields that any command may carry and that change no answer here. */
const HARMLESS = [
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'comment',
  'maxTimeMS',
  'writeConcern',
  'readConcern',
  'startTransaction',
  'autocommit',
];

/** Errors: CommandError naming the first field that would change the meaning of the command and is not served. */
export function refuseUnknownFields(name: string, { fields, retryable }: Command, command: Doc): void {
  for (const [field, value] of Object.entries(command)) {
    if (field === 'txnNumber') refuseNumber(name, retryable === true || command['autocommit'] !== undefined);
    else if (!fields.includes(field) && !HARMLESS.includes(field)) refuseField(name, field);
    else if (field === 'readConcern') refuseReadConcern(value, command['startTransaction'] === true);
    else if (field === 'maxTimeMS') countOr(value, 'maxTimeMS', 0);
    else if (field === 'apiVersion') refuseVersion(value);
  }
}

/** What MongoDB knows is refused as not served; what it does not, in its own words. */
function refuseField(name: string, field: string): never {
  throw new CommandError(
    40415,
    `BSON field '${name}.${field}' is an unknown field, or not served by the embedded store.`,
  );
}

function refuseNumber(name: string, retryable: boolean): void {
  if (retryable) return;
  throw new CommandError(
    50768,
    `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`,
  );
}

function refuseVersion(version: unknown): void {
  if (version !== '1') throw new CommandError(322, 'Provided apiVersion is not a supported version');
}

function refuseReadConcern(concern: unknown, startsTransaction: boolean): void {
  const level = isDoc(concern) ? concern['level'] : undefined;
  // Which levels a transaction may have is seen to where it starts.
  if (startsTransaction) return;
  if (level !== undefined && !['local', 'available', 'majority', 'linearizable'].includes(String(level))) {
    throw notServed(`The read concern '${String(level)}'`);
  }
}

/** How a command or one item of a write wants its values compared, with the variables of its `let`. */
export function settingsOf(item: Doc, letOf: unknown = item['let']): Settings {
  const variables: Doc = {};
  for (const [name, value] of Object.entries(docOr(letOf, 'let'))) {
    if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/u.test(name))
      throw new CommandError(16866, `'${name}' starts with an invalid character for a user variable name`);
    variables[name] = prepareExpression(value)({});
  }
  return { collation: readCollation(item['collation']), variables };
}

/** Errors: CommandError when the items of a write carry what is not served. */
export function refuseUnknownItemFields(name: string, known: string[], item: unknown): asserts item is Doc {
  if (!isDoc(item)) throw new CommandError(14, `${name} expects documents`);
  const unknown = Object.keys(item).find((field) => !known.includes(field));
  if (unknown !== undefined) refuseField(name, unknown);
}

export function databaseOf(command: Doc): string {
  const database = command['$db'];
  if (typeof database !== 'string' || !/^[^/\\. "$*<>:|?\0]{1,63}$/.test(database)) {
    throw new CommandError(73, `Invalid database name: ${String(database)}`);
  }
  return database;
}

export function collectionName(command: Doc, name: string): string {
  const collection = command[name];
  if (typeof collection !== 'string') throw new CommandError(73, `collection name of ${name} has invalid type`);
  return collection;
}

export function docOr(value: unknown, what: string, fallback: Doc = {}): Doc {
  if (value === undefined || value === null) return fallback;
  if (!isDoc(value)) throw new CommandError(14, `${what} must be a document`);
  return value;
}

export function arrayOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new CommandError(14, `${what} must be an array`);
  return value;
}

/** A count that may be left out. Errors: CommandError when it is negative. */
export function countOr(value: unknown, what: string, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  const count = integer(value, what);
  if (count < 0) throw new CommandError(51024, `BSON field '${what}' value must be >= 0, actual value '${count}'`);
  return count;
}
