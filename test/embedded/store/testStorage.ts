import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureCollection, loadCatalog } from '../../../src/embedded/store/catalog.js';
import type { Collection } from '../../../src/embedded/store/collections.js';
import { openStorage } from '../../../src/embedded/store/storage/storage.js';

/** Storage in a temporary directory that goes with it, and collections in it. */
export function openTestStorage() {
  const directory = mkdtempSync(path.join(tmpdir(), 'porte-store-'));
  const storage = openStorage(directory, false);
  const catalog = loadCatalog(storage);
  let made = 0;
  return {
    storage,
    catalog,
    newCollection: (): Collection => storage.writeNow(() => ensureCollection(catalog, 'db', `c${made++}`)),
    close: async () => {
      await storage.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
