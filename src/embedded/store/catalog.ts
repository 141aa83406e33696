import { type Collection, type Description, indexesOf, readCount, saveDescription } from './collections.js';
import { CommandError } from './errors.js';
import { createIndex, restoreIndex } from './indexes.js';
import { readKeys } from './storage/entries.js';
import { countKey, DESCRIPTIONS, DISCARDED, descriptionKey, idIn, numberOfDoc, rangeOf } from './storage/layout.js';
import { unsealDoc } from './storage/sealed.js';
import type { Storage } from './storage/storage.js';
import type { Doc } from './values.js';

/** Every collection of every database, by namespace. */
export interface Catalog {
  readonly collections: Map<string, Collection>;
  readonly storage: Storage;
}

const LONGEST_NAMESPACE = 255;

/** Reads the descriptions of the collections. Errors: Damaged. */
export function loadCatalog(storage: Storage): Catalog {
  const catalog: Catalog = { collections: new Map(), storage };
  for (const key of readKeys(storage, DISCARDED, 1)) takeNumber(storage, idIn(key));
  for (const key of readKeys(storage, DESCRIPTIONS, 1)) {
    const what = `the description of collection ${idIn(key)}`;
    const collection = restoreCollection(storage, unsealDoc(storage.get(key)!, what) as unknown as Description);
    for (const { id } of [collection, ...indexesOf(collection)]) takeNumber(storage, id);
    catalog.collections.set(`${collection.database}.${collection.name}`, collection);
  }
  return catalog;
}

function takeNumber({ ids }: Storage, id: number): void {
  ids.next = Math.max(ids.next, id + 1);
}

function restoreCollection(storage: Storage, { id, database, name, options, ...rest }: Description): Collection {
  const [last] = storage.keys(rangeOf(id), { limit: 1, backward: true });
  return {
    id,
    database,
    name,
    options,
    idIndex: restoreIndex(rest.idIndex),
    indexes: rest.indexes.map(restoreIndex),
    count: readCount(storage, id),
    nextNo: last === undefined ? 1 : numberOfDoc(last) + 1,
    isDropped: false,
    storage,
  };
}

function newCollection({ storage }: Catalog, database: string, name: string, options: Doc): Collection {
  const id = storage.ids.next++;
  const idIndex = createIndex(storage.ids.next++, { name: '_id_', key: { _id: 1 }, unique: true });
  return { id, database, name, options, idIndex, indexes: [], count: 0, nextNo: 1, isDropped: false, storage };
}

export function findCollection(catalog: Catalog, database: string, name: string): Collection | null {
  return catalog.collections.get(`${database}.${name}`) ?? null;
}

/** Finds a collection or makes it, with these options. Errors: CommandError 73 when the name cannot be used. */
export function ensureCollection(catalog: Catalog, database: string, name: string, options: Doc = {}): Collection {
  const found = findCollection(catalog, database, name);
  if (found !== null) return found;
  const namespace = `${database}.${name}`;
  if (name === '' || /[$\0]/.test(name) || name.startsWith('system.') || namespace.length > LONGEST_NAMESPACE) {
    throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  }
  catalog.storage.guard.reshape(namespace);
  const collection = newCollection(catalog, database, name, options);
  catalog.collections.set(namespace, collection);
  saveDescription(collection);
  return collection;
}

export function collectionsOf(catalog: Catalog, database: string): Collection[] {
  return [...catalog.collections.values()].filter((collection) => collection.database === database);
}

export function dropCollection({ collections, storage }: Catalog, collection: Collection): void {
  const namespace = `${collection.database}.${collection.name}`;
  storage.guard.reshape(namespace);
  collections.delete(namespace);
  collection.isDropped = true;
  for (const { id } of [collection, ...indexesOf(collection)]) storage.discard(id);
  storage.remove(countKey(collection.id));
  storage.remove(descriptionKey(collection.id));
}

/** The description of every index, the one on _id first. */
export function indexSpecs(collection: Collection): Doc[] {
  const id = { v: 2, key: { _id: 1 }, name: '_id_' };
  return [id, ...collection.indexes.map(({ spec }) => ({ v: 2, ...spec }))];
}
