import { type Catalog, findCollection } from '../catalog.js';
import { CommandError } from '../errors.js';
import { type Doc, isDoc } from '../values.js';
import { isMade } from './draft.js';

/** What may be a statement of a transaction. */
const STATEMENTS = [
  'aggregate',
  'bulkWrite',
  'create',
  'createIndexes',
  'delete',
  'distinct',
  'find',
  'findAndModify',
  'findandmodify',
  'getMore',
  'insert',
  'killCursors',
  'update',
];
const ENDINGS = ['commitTransaction', 'abortTransaction'];
const NEVER_FIRST = ['getMore', 'killCursors', ...ENDINGS];
const DATABASES_WITHOUT = ['admin', 'config', 'local'];
const STAGES_WITHOUT = [
  '$out',
  '$merge',
  '$collStats',
  '$indexStats',
  '$currentOp',
  '$listSessions',
  '$planCacheStats',
];
const READ_CONCERNS = ['local', 'majority', 'snapshot'];

export const isEnding = (name: string): boolean => ENDINGS.includes(name);

/** Whether a command says that it belongs to a transaction. Errors: CommandError 72 when it says so by halves. */
export function isOfTransaction({ autocommit, startTransaction, txnNumber }: Doc): boolean {
  if (autocommit === undefined) {
    if (startTransaction === undefined) return false;
    throw invalid("'startTransaction' field requires 'autocommit' field to also be specified");
  }
  if (txnNumber === undefined) throw invalid("'autocommit' field requires a transaction number to also be specified");
  if (autocommit !== false) throw invalid('Specifying autocommit=true is not allowed.');
  if (startTransaction !== undefined && startTransaction !== true)
    throw invalid('Specifying startTransaction=false is not allowed.');
  return true;
}

/** Errors: CommandError 263 or 72 for what MongoDB does not let a transaction do, before the transaction is looked for. */
export function refuseForeign(name: string, command: Doc): void {
  const isFirst = command['startTransaction'] === true;
  if (isEnding(name)) {
    if (command['$db'] !== 'admin') throw new CommandError(13, `${name} may only be run against the admin database.`);
  } else {
    if (!STATEMENTS.includes(name)) throw illegal(`Cannot run '${name}' in a multi-document transaction.`);
    if (command['writeConcern'] !== undefined)
      throw invalid('writeConcern is not allowed within a multi-statement transaction');
    if (name !== 'bulkWrite' && DATABASES_WITHOUT.includes(String(command['$db'])))
      throw illegal(`Cannot run command against the '${String(command['$db'])}' database in a transaction.`);
  }
  if (isFirst && NEVER_FIRST.includes(name))
    throw illegal(`Cannot run '${name}' as the first operation in a multi-document transaction.`);
  refuseReadConcern(command['readConcern'], isFirst);
  if (name === 'aggregate') refuseStages(command['pipeline']);
  if (name === 'create' && command['viewOn'] !== undefined)
    throw illegal('Cannot create a view in a multi-document transaction.');
}

/** Errors: CommandError 263 for indexes on a collection that was there before the transaction, or has documents. */
export function refuseNewIndexes(catalog: Catalog, { $db, createIndexes: name, indexes }: Doc): void {
  const collection = findCollection(catalog, String($db), String(name));
  if (collection === null || (isMade(collection) && collection.count === 0)) return;
  const known = collection.indexes.map(({ spec }) => spec.name);
  const asked = Array.isArray(indexes) ? indexes.filter(isDoc) : [];
  if (asked.every((spec) => known.includes(String(spec['name'])))) return;
  const kind = isMade(collection) ? 'non-empty' : 'existing';
  throw illegal(
    `Cannot create new indexes on ${kind} collection ${String($db)}.${String(name)} in a multi-document transaction.`,
  );
}

function refuseReadConcern(concern: unknown, isFirst: boolean): void {
  if (!isDoc(concern)) return;
  if (!isFirst) throw invalid('Only the first command in a transaction may specify a readConcern');
  const level = concern['level'] ?? 'local';
  if (!READ_CONCERNS.includes(String(level)))
    throw invalid(`The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in a transaction`);
  if (concern['atClusterTime'] !== undefined) throw illegal('The read concern atClusterTime is not served');
}

function refuseStages(pipeline: unknown): void {
  if (!Array.isArray(pipeline)) return;
  const names = pipeline.filter(isDoc).map((stage) => Object.keys(stage)[0] ?? '');
  const refused = names.find((name) => STAGES_WITHOUT.includes(name));
  if (refused !== undefined)
    throw illegal(
      `Operation not permitted in transaction :: caused by :: Aggregation stage ${refused} cannot run within a multi-document transaction.`,
    );
}

function invalid(message: string): CommandError {
  return new CommandError(72, message);
}

function illegal(message: string): CommandError {
  return new CommandError(263, message);
}
