import { createHash } from 'node:crypto';
import type { Connection, mongo } from 'mongoose';
import type { Migration } from './migration.js';

interface CollectionIndexes {
  name: string;
  indexes: mongo.IndexDescription[];
}

/** Of the codes of MongoDB: an index with these fields, or this name, is there and is another one. */
const INDEX_DIFFERS = [85, 86];
const COLLECTION_IS_THERE = 48;

const codeOf = (error: unknown): number | undefined => (error as { code?: number } | null)?.code;

/** What the code defines, collection by collection. `background` says nothing any more since MongoDB 4.2. */
const definedOn = (connection: Connection): CollectionIndexes[] =>
  Object.values(connection.models)
    .map(({ collection, schema }) => ({
      name: collection.name,
      indexes: schema.indexes().map(([key, { background: _b, ...options }]) => ({ key, ...options })),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1)) as CollectionIndexes[];

/** Twelve signs that change whenever an index is added or changed. */
const fingerprintOf = (defined: CollectionIndexes[]): string =>
  createHash('sha256').update(JSON.stringify(defined)).digest('hex').slice(0, 12);

/** An index that only keeps its documents for another time is told so; any other difference needs a migration of its own. */
const changeTime = async (connection: Connection, name: string, wanted: mongo.IndexDescription): Promise<boolean> => {
  const there = await connection.collection(name).indexes();
  const same = there.find(({ key }) => JSON.stringify(key) === JSON.stringify(wanted.key));
  if (same?.expireAfterSeconds === undefined || wanted.expireAfterSeconds === undefined) return false;
  await connection.db?.command({
    collMod: name,
    index: { keyPattern: wanted.key, expireAfterSeconds: wanted.expireAfterSeconds },
  });
  return true;
};

const buildOne = async (connection: Connection, name: string, wanted: mongo.IndexDescription): Promise<void> => {
  try {
    await connection.collection(name).createIndexes([wanted]);
  } catch (error) {
    if (INDEX_DIFFERS.includes(codeOf(error) ?? 0) && (await changeTime(connection, name, wanted))) return;
    throw new Error(`index ${JSON.stringify(wanted.key)} of ${name}: ${(error as Error).message}`, { cause: error });
  }
};

const create = async (connection: Connection, name: string): Promise<void> => {
  try {
    await connection.createCollection(name);
  } catch (error) {
    if (codeOf(error) !== COLLECTION_IS_THERE) throw error;
  }
};

/** One command a collection; index by index only where one differs from what is there. */
const build = async (connection: Connection, { name, indexes }: CollectionIndexes): Promise<void> => {
  if (indexes.length === 0) return create(connection, name);
  try {
    await connection.collection(name).createIndexes(indexes);
  } catch {
    for (const wanted of indexes) await buildOne(connection, name, wanted);
  }
};

/**
 * Makes every collection with the indexes that the code defines. The ledger knows it by their fingerprint, so that each
 * release with other indexes begins with it, and no process builds any. What an earlier release defined is left: it may run.
 */
export const buildIndexes = (connection: Connection) => {
  const defined = definedOn(connection);
  return {
    id: `indexes-${fingerprintOf(defined)}`,
    run: async () => {
      await Promise.all(defined.map((collection) => build(connection, collection)));
    },
  } satisfies Migration;
};
