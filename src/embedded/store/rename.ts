import { type Catalog, dropCollection, findCollection } from './catalog.js';
import { type Collection, saveDescription } from './collections.js';

/** Gives a collection another name, in the place of the one that bears it, if any. */
export function renameCollection(catalog: Catalog, collection: Collection, database: string, name: string): void {
  const { guard } = catalog.storage;
  for (const namespace of [`${collection.database}.${collection.name}`, `${database}.${name}`])
    guard.reshape(namespace);
  const inTheWay = findCollection(catalog, database, name);
  if (inTheWay !== null) dropCollection(catalog, inTheWay);
  catalog.collections.delete(`${collection.database}.${collection.name}`);
  collection.database = database;
  collection.name = name;
  catalog.collections.set(`${database}.${name}`, collection);
  saveDescription(collection);
}
