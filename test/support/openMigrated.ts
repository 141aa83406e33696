import { openStore, type Store } from '../../src/data/store.js';

/** A store at this address with its collections and indexes, as after `desk migrate`. */
export const openMigrated = async (uri: string): Promise<Store> => {
  const store = await openStore(uri);
  await store.migrations.migrate();
  return store;
};

/** What a release does before its processes start. */
export const release = async (uri: string): Promise<void> => (await openMigrated(uri)).close();
