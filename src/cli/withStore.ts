import type { Config } from '../config.js';
import { newId, newReference } from '../data/records.js';
import { openStore } from '../data/store.js';
import { loadExamples, loadTerritory } from '../data/territoryFiles.js';
import { runningStore } from '../embedded/store/address.js';
import { startStore } from '../embedded/store/startStore.js';
import { BadSettings } from '../errors.js';

/**
 * Does some work on the store of these settings, and lets it go: the one of MONGODB_URL; without it the embedded store of
 * DATA_DIR, through the process that serves it now, or started for the time of the work.
 */
export const withStore = async <T>(config: Config, work: (parts: StoreParts) => Promise<T>): Promise<T> => {
  const { uri, stop } = await findStore(config);
  try {
    const parts = await openParts(uri);
    return await work(parts).finally(() => parts.close());
  } finally {
    await stop();
  }
};

const findStore = async ({ mongodbUrl, dataDir }: Config): Promise<{ uri: string; stop: () => Promise<void> }> => {
  const letBe = async (): Promise<void> => undefined;
  if (mongodbUrl) return { uri: mongodbUrl, stop: letBe };
  const running = await runningStore(dataDir);
  return running ? { uri: running.uri, stop: letBe } : startStore({ dataDir });
};

const open = async (uri: string) => {
  try {
    return await openStore(uri);
  } catch (error) {
    throw new BadSettings(`La base de données ne répond pas\u00a0: ${(error as Error).message}`);
  }
};

const openParts = async (uri: string) => ({
  ...(await open(uri)),
  territory: loadTerritory(),
  examples: loadExamples(),
  clock: () => new Date(),
  newId,
  newReference,
});
/** What a command may need of the desk without its queue and its mail. */
export type StoreParts = Awaited<ReturnType<typeof openParts>>;
