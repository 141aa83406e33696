import type { Config } from '../config.js';
import { newId, newReference } from '../data/records.js';
import { openStore } from '../data/store.js';
import { loadDemonstrationFile, loadExamples, loadRules, loadTerritory } from '../data/territoryFiles.js';
import { localSecret } from '../embedded/localSecrets.js';
import { runningStore } from '../embedded/store/address.js';
import { startStore } from '../embedded/store/startStore.js';
import { BadSettings } from '../errors.js';
import { auditLog } from '../services/audit/auditLog.js';
import { TryLater } from './command.js';

export interface StoreOptions {
  /** The work may find the store as an earlier version left it. */
  asItIs?: boolean;
}

/**
 * Does some work on the store of these settings, and lets it go: the one of MONGODB_URL; without it the embedded store of
 * DATA_DIR, through the process that serves it now, or started for the time of the work. An embedded store is migrated
 * before. Errors: TryLater when that of MONGODB_URL has not been.
 */
export const withStore = async <T>(
  config: Config,
  work: (parts: StoreParts) => Promise<T>,
  { asItIs = false }: StoreOptions = {},
): Promise<T> => {
  const { uri, stop } = await findStore(config);
  try {
    const parts = await openParts(uri, secretsOf(config), config);
    const upToDate = async () => asItIs || (config.mongodbUrl ? requireMigrated(parts) : parts.migrations.migrate());
    return await upToDate()
      .then(() => work(parts))
      .finally(() => parts.letGo());
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

const requireMigrated = async ({ migrations }: Pick<StoreParts, 'migrations'>): Promise<void> => {
  if ((await migrations.behind()).length > 0)
    throw new TryLater(
      'La base n’est pas à jour pour cette version. Lancez d’abord\u00a0: npm run --silent desk -- migrate',
    );
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

const openParts = async (uri: string, secrets: string[], { territoryDir }: Pick<Config, 'territoryDir'>) => {
  const store = await open(uri);
  const clock = (): Date => new Date();
  const audit = auditLog({ ...store, clock, secrets });
  return {
    ...store,
    territory: loadTerritory(territoryDir),
    firstRules: loadRules(territoryDir),
    demonstration: loadDemonstrationFile(territoryDir),
    examples: loadExamples(territoryDir),
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
