import { type Collection, restoreDoc, saveDescription } from './collections.js';
import { DESCRIPTION, type Durability } from './durability.js';
import { CommandError } from './errors.js';
import { createIndex, type IndexSpec } from './indexes.js';
import type { Doc } from './values.js';

/** Every collection of every database, by namespace. */
export interface Catalog {
  readonly collections: Map<string, Collection>;
  readonly durability: Durability;
  nextId: number;
}

const LONGEST_NAMESPACE = 255;

/** Reads all documents and builds their indexes. What a crash left of a dropped collection is removed. */
export function loadCatalog(durability: Durability): Catalog {
  const catalog: Catalog = { collections: new Map(), durability, nextId: 1 };
  let current: Collection | null = null;
  for (const { collection: id, no, doc } of durability.docs()) {
    catalog.nextId = Math.max(catalog.nextId, id + 1);
    if (no === DESCRIPTION) current = restoreCollection(catalog, doc);
    else if (current?.id === id) restoreDoc(current, no, doc);
    else durability.removeDoc(id, no);
  }
  return catalog;
}

function restoreCollection(catalog: Catalog, description: Doc): Collection {
  const { id, database, name, indexes } = description as unknown as Description;
  const collection = emptyCollection(catalog, id, database, name);
  collection.indexes = indexes.map(createIndex);
  catalog.collections.set(`${database}.${name}`, collection);
  return collection;
}

interface Description {
  id: number;
  database: string;
  name: string;
  indexes: IndexSpec[];
}

function emptyCollection(catalog: Catalog, id: number, database: string, name: string): Collection {
  const idIndex = createIndex({ name: '_id_', key: { _id: 1 }, unique: true });
  return { id, database, name, docs: new Map(), idIndex, indexes: [], nextNo: 1, durability: catalog.durability };
}

export function findCollection(catalog: Catalog, database: string, name: string): Collection | null {
  return catalog.collections.get(`${database}.${name}`) ?? null;
}

/** Finds a collection or makes it. Errors: CommandError 73 when the name cannot be used. */
export function ensureCollection(catalog: Catalog, database: string, name: string): Collection {
  const found = findCollection(catalog, database, name);
  if (found !== null) return found;
  const namespace = `${database}.${name}`;
  if (name === '' || /[$\0]/.test(name) || name.startsWith('system.') || namespace.length > LONGEST_NAMESPACE) {
    throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  }
  const collection = emptyCollection(catalog, catalog.nextId++, database, name);
  catalog.collections.set(namespace, collection);
  saveDescription(collection);
  return collection;
}

export function collectionsOf(catalog: Catalog, database: string): Collection[] {
  return [...catalog.collections.values()].filter((collection) => collection.database === database);
}

export function dropCollection(catalog: Catalog, collection: Collection): void {
  catalog.collections.delete(`${collection.database}.${collection.name}`);
  for (const { no } of collection.docs.values()) catalog.durability.removeDoc(collection.id, no);
  catalog.durability.removeDoc(collection.id, DESCRIPTION);
}

/** The description of every index, the one on _id first. */
export function indexSpecs(collection: Collection): Doc[] {
  const id = { v: 2, key: { _id: 1 }, name: '_id_' };
  return [id, ...collection.indexes.map(({ spec }) => ({ v: 2, ...spec }))];
}
