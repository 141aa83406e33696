import { type Document, deserialize } from 'bson';
import type { Connection } from 'mongoose';
import { Invalid } from '../../errors.js';
import { buildIndexes } from '../migrations/buildIndexes.js';
import { type BackedUpCollection, type BackupHeader, isBackedUp } from './backupFormat.js';
import { readBackup } from './readBackup.js';

export interface RestoredBackup {
  header: BackupHeader;
  counts: Record<string, number>;
}

/** Which migrations the store has had: what is restored brings its own. */
const LEDGER = 'migrations';

/** Documents written at a time, and their bytes. */
const AT_A_TIME = 500;
const BYTES_AT_A_TIME = 8 * 2 ** 20;

/** Numbers, binary and regular expressions come back as what they are, not as JavaScript's nearest. */
const EXACT = { promoteValues: false, bsonRegExp: true } as const;

/**
 * Puts a backup back, and gives how many documents of each collection. The whole file is checked before anything is written.
 * The store must hold nothing, sessions aside, unless `replace` says to empty it of everything first, sessions too. Indexes
 * are those that the code defines; a collection that it does not know gets those that it had. Begun again with `replace`
 * after it was interrupted, it does all of it again.
 * Errors: Invalid when the file cannot be relied upon, the store is not empty, or something else writes to it meanwhile.
 */
export const restoreBackup =
  (connection: Connection) =>
  async (file: string, { replace }: { replace: boolean }): Promise<RestoredBackup> => {
    const header = await check(file);
    if (replace) await empty(connection);
    else await refuseFull(connection);
    try {
      await prepare(connection, header.collections);
      return { header, counts: await fill(connection, file) };
    } catch (error) {
      throw asSentence(error);
    }
  };

/** Reads the whole file once, and gives what it says that it holds. */
async function check(file: string): Promise<BackupHeader> {
  let header: BackupHeader | null = null;
  for await (const part of readBackup(file)) if ('header' in part) header = part.header;
  return header as BackupHeader;
}

const namesIn = async (connection: Connection): Promise<string[]> =>
  (await connection.listCollections()).map(({ name }) => name).filter((name) => !name.startsWith('system.'));

async function refuseFull(connection: Connection): Promise<void> {
  for (const name of await namesIn(connection))
    if (
      isBackedUp(name) &&
      name !== LEDGER &&
      (await connection.collection(name).findOne({}, { projection: { _id: 1 } }))
    )
      throw new Invalid(
        'La base n’est pas vide. Rien n’a été écrit. Avec --replace, elle est d’abord vidée de tout ce qu’elle contient.',
      );
}

async function empty(connection: Connection): Promise<void> {
  for (const name of await namesIn(connection)) await connection.dropCollection(name);
}

async function prepare(connection: Connection, collections: BackedUpCollection[]): Promise<void> {
  const models = Object.values(connection.models);
  await buildIndexes(connection).run();
  await connection.collection(LEDGER).deleteMany({});
  const known = new Set(models.map(({ collection }) => collection.name));
  const there = new Set(await namesIn(connection));
  for (const { name, options, indexes } of collections.filter((collection) => !known.has(collection.name))) {
    if (!there.has(name)) await connection.createCollection(name, options);
    for (const { key, v: _version, ns: _namespace, ...rest } of indexes)
      await connection.collection(name).createIndex(key, rest);
  }
}

async function fill(connection: Connection, file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let batch: { collection: string; documents: Document[]; bytes: number } = { collection: '', documents: [], bytes: 0 };
  const write = async (): Promise<void> => {
    const { collection, documents } = batch;
    if (documents.length === 0) return;
    await connection.collection(collection).insertMany(documents, { ordered: false });
    counts[collection] = (counts[collection] ?? 0) + documents.length;
  };
  for await (const part of readBackup(file)) {
    if ('header' in part) continue;
    const { collection, document } = part;
    const isFull = batch.documents.length >= AT_A_TIME || batch.bytes + document.length > BYTES_AT_A_TIME;
    if (isFull || batch.collection !== collection) {
      await write();
      batch = { collection, documents: [], bytes: 0 };
    }
    batch.documents.push(deserialize(document, EXACT));
    batch.bytes += document.length;
  }
  await write();
  return counts;
}

/** What stopped it half way, and what to do. */
function asSentence(error: unknown): Error {
  const { code, message } = error as { code?: unknown; message: string };
  const halfWay = (why: string): string =>
    `La base n’est restaurée qu’en partie\u00a0: ${why}. Recommencez avec --replace.`;
  return code === 11000
    ? new Invalid(halfWay('autre chose y a écrit pendant ce temps. Arrêtez d’abord la plateforme'))
    : new Error(halfWay(message), { cause: error });
}
