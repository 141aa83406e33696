import type { Config } from '../config.js';
import { newId, newReference } from '../data/records.js';
import { openStore } from '../data/store.js';
import { loadExamples, loadTerritory } from '../data/territoryFiles.js';
import { localSecret } from '../embedded/localSecrets.js';
import { runningStore } from '../embedded/store/address.js';
import { startStore } from '../embedded/store/startStore.js';
import { BadSettings } from '../errors.js';
import { auditLog } from '../services/audit/auditLog.js';

/**
 * Does some work on the store of these settings, and lets it go: the one of MONGODB_URL; without it the embedded store of
 * DATA_DIR, through the process that serves it now, or started for the time of the work.
 */
export const withStore = async <T>(config: Config, work: (parts: StoreParts) => Promise<T>): Promise<T> => {
  const { uri, stop } = await findStore(config);
  try {
    const parts = await openParts(uri, secretsOf(config));
    return await work(parts).finally(() => parts.letGo());
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

/** Those of the settings; of the embedded store, as `npm start` has them. */
const secretsOf = ({ sessionSecrets, mongodbUrl, dataDir }: Config): string[] =>
  sessionSecrets.length > 0 || mongodbUrl ? sessionSecrets : [localSecret(dataDir)];

const openParts = async (uri: string, secrets: string[]) => {
  const store = await open(uri);
  const clock = (): Date => new Date();
  const audit = auditLog({ ...store, clock, secrets });
  return {
    ...store,
    territory: loadTerritory(),
    examples: loadExamples(),
    clock,
    newId,
    newReference,
    note: audit.note,
    audit,
    secrets,
    letGo: async (): Promise<void> => {
      await audit.settled();
      await store.close();
    },
  };
};
/** What a command may need of the desk without its queue and its mail. */
export type StoreParts = Awaited<ReturnType<typeof openParts>>;
