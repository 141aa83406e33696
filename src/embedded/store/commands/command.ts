import type { Catalog } from '../catalog.js';
import type { Cursors } from '../cursors.js';
import { CommandError, notServed } from '../errors.js';
import { type Doc, integer, isDoc } from '../values.js';

/** What every command works on. */
export interface StoreContext {
  catalog: Catalog;
  cursors: Cursors;
  now: () => Date;
}

/** A command: the fields that it understands, whether it may change data, and what it does, all in one go. */
export interface Command {
  fields: string[];
  writes: boolean;
  run(context: StoreContext, command: Doc): Doc | Uint8Array;
}

/** Fields that any command may carry and that change no answer here. */
const HARMLESS = [
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'comment',
  'maxTimeMS',
  'writeConcern',
  'readConcern',
];

/** Errors: CommandError naming the first field that would change the meaning of the command and is not served. */
export function refuseUnknownFields(name: string, known: string[], command: Doc): void {
  for (const [field, value] of Object.entries(command)) {
    if (['txnNumber', 'startTransaction', 'autocommit'].includes(field)) {
      throw new CommandError(20, `Transaction numbers are only allowed on a replica set member or mongos (${field})`);
    }
    if (!known.includes(field) && !HARMLESS.includes(field)) throw notServed(`The option '${field}' of ${name}`);
    if (field === 'readConcern') refuseReadConcern(value);
    if (field === 'writeConcern') refuseWriteConcern(value);
  }
}

function refuseReadConcern(concern: unknown): void {
  const level = isDoc(concern) ? concern['level'] : undefined;
  if (level !== undefined && !['local', 'available', 'majority'].includes(String(level))) {
    throw notServed(`The read concern '${String(level)}'`);
  }
}

/** Every write is on the disk before its answer, which is all that a standalone server can be asked. */
function refuseWriteConcern(concern: unknown): void {
  const w = isDoc(concern) ? concern['w'] : undefined;
  if (w !== undefined && w !== 'majority' && !(Number(w) <= 1)) {
    throw new CommandError(2, "cannot use 'w' > 1 when a host is not replicated");
  }
}

/** Errors: CommandError when the items of a write carry what is not served. */
export function refuseUnknownItemFields(name: string, known: string[], item: unknown): asserts item is Doc {
  if (!isDoc(item)) throw new CommandError(14, `${name} expects documents`);
  const unknown = Object.keys(item).find((field) => !known.includes(field));
  if (unknown !== undefined) throw notServed(`The option '${unknown}' of ${name}`);
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
