import { ensureCollection, loadCatalog } from '../../../src/embedded/store/catalog.js';
import type { Collection } from '../../../src/embedded/store/collections.js';
import type { Durability } from '../../../src/embedded/store/durability.js';

const forgetful: Durability = {
  owner: () => null,
  changeOwner: () => true,
  docs: () => [],
  putCollection: () => undefined,
  putDoc: () => undefined,
  removeDoc: () => undefined,
  written: async () => undefined,
  close: async () => undefined,
};

/** A collection that keeps nothing on a disk. */
export const newCollection = (): Collection => ensureCollection(loadCatalog(forgetful), 'db', 'c');
