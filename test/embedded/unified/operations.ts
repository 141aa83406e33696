import { AbstractCursor, ClientSession, Collection, Db, MongoClient } from 'mongodb';
import { COLLECTION_OPERATIONS } from './collectionOperations.js';
import { createEntity, type Entities, entity, readOptions } from './entities.js';
import type { Doc, Operation } from './format.js';
import { Mismatch, match } from './matching.js';
import {
  CLIENT_OPERATIONS,
  CURSOR_OPERATIONS,
  DATABASE_OPERATIONS,
  RUNNER_OPERATIONS,
  SESSION_OPERATIONS,
  withSession,
} from './otherOperations.js';

/** Carries an operation out and holds its result or error against what is expected. Errors: Mismatch. */
export async function runOperation(entities: Entities, operation: Operation): Promise<void> {
  const { expectError, expectResult, saveResultAsEntity, ignoreResultAndError } = operation;
  const lookup = (id: string) => entity(entities, id);
  let result: unknown;
  try {
    result = await carryOut(entities, operation);
  } catch (error) {
    if (error instanceof Mismatch) throw error;
    if (ignoreResultAndError === true) return;
    if (expectError === undefined) throw error;
    matchError(expectError, error as Doc, lookup);
    return;
  }
  if (ignoreResultAndError === true) return;
  if (expectError !== undefined) throw new Mismatch(`${operation.name} succeeded, an error is expected`);
  if (saveResultAsEntity !== undefined) entities.byId.set(saveResultAsEntity, result);
  if ('expectResult' in operation) match(expectResult, result, lookup);
}

async function carryOut(entities: Entities, { name, object, arguments: given = {} }: Operation): Promise<unknown> {
  if (object === 'testRunner') {
    if (name === 'createEntities') {
      for (const description of given['entities'] as Record<string, Doc>[]) await createEntity(entities, description);
      return undefined;
    }
    return pick(RUNNER_OPERATIONS, name)(null, withSession(given, entities), entities);
  }
  const subject = entity<unknown>(entities, object);
  const args = readOptions(withSession(given, entities));
  if (subject instanceof Collection) return pick(COLLECTION_OPERATIONS, name)(subject, args, args);
  if (subject instanceof Db) return pick(DATABASE_OPERATIONS, name)(subject, args, entities);
  if (subject instanceof MongoClient) return pick(CLIENT_OPERATIONS, name)(subject, args, entities);
  if (subject instanceof ClientSession) return pick(SESSION_OPERATIONS, name)(subject, args, entities);
  if (subject instanceof AbstractCursor) return pick(CURSOR_OPERATIONS, name)(subject, args, entities);
  throw new Mismatch(`'${object}' is nothing that operations are known of`);
}

function pick<T>(table: Record<string, T>, name: string): T {
  const found = table[name];
  if (found === undefined) throw new Mismatch(`the operation ${name} is not known to this runner`);
  return found;
}

function matchError(expected: Doc, error: Doc, lookup: (id: string) => unknown): void {
  const fromServer = typeof error['code'] === 'number' || error['errorResponse'] !== undefined;
  // A client's bulk write wraps the server's error in one of its own.
  const told = (error['cause'] ?? error) as Doc;
  const wrong = (what: string) => {
    throw new Mismatch(`${what}; the error is ${String(error['message'])} (${String(error['code'])})`);
  };
  if (expected['isClientError'] === true && fromServer) wrong('an error of the driver is expected');
  if (expected['isClientError'] === false && !fromServer) wrong('an error of the server is expected');
  const contains = expected['errorContains'];
  if (typeof contains === 'string' && !String(error['message']).toLowerCase().includes(contains.toLowerCase()))
    wrong(`the message should contain '${contains}'`);
  if (expected['errorCode'] !== undefined && told['code'] !== expected['errorCode'])
    wrong(`the code should be ${String(expected['errorCode'])}`);
  if (expected['errorCodeName'] !== undefined && told['codeName'] !== expected['errorCodeName'])
    wrong(`the name of the code should be ${String(expected['errorCodeName'])}, not ${String(told['codeName'])}`);
  const hasLabel = (label: string) => (error['hasErrorLabel'] as (name: string) => boolean).call(error, label);
  for (const label of (expected['errorLabelsContain'] ?? []) as string[])
    if (!hasLabel(label)) wrong(`the label ${label} is missing`);
  for (const label of (expected['errorLabelsOmit'] ?? []) as string[]) if (hasLabel(label)) wrong(`it has ${label}`);
  if (expected['errorResponse'] !== undefined)
    match(expected['errorResponse'], told['errorResponse'] ?? told, lookup, 'errorResponse');
  if (expected['expectResult'] !== undefined)
    match(expected['expectResult'], error['partialResult'] ?? error['result'], lookup, 'partial result');
  for (const [at, wanted] of Object.entries((expected['writeErrors'] ?? {}) as Doc))
    match(wanted, (error['writeErrors'] as Map<number, unknown>).get(Number(at)), lookup, `writeErrors.${at}`);
  if (expected['writeConcernErrors'] !== undefined)
    match(expected['writeConcernErrors'], error['writeConcernErrors'], lookup, 'writeConcernErrors');
}
