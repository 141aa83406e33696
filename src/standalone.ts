import './tracing.js';
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Config, projectRoot, readConfig, requireAddresses } from './config.js';
import { localSecret } from './embedded/localSecrets.js';
import { startMailbox } from './embedded/mailbox/startMailbox.js';
import { launchRedis } from './embedded/redis.js';
import { startStore } from './embedded/store/startStore.js';
import { BadSettings } from './errors.js';
import { live, requireFreePort } from './lifetime.js';
import { logger } from './logger.js';

/** Named from the project's root: this file may be one of a bundle. */
const STORE = path.join(projectRoot, 'dist/src/embedded/store/main.js');

type Stop = () => Promise<unknown> | unknown;

/** What a person who typed `npm start` reads; logs go to standard error. */
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Without it nothing works any more: better to stop in order, and be started again, than to seem alive. */
const stopWhenLost = (what: string, lost: Promise<void>): void => {
  void lost.then(() => {
    process.stderr.write(`The embedded ${what} ended by itself. Everything stops; start again.\n`);
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  });
};

/** Starts one of what runs embedded, and adds how it is stopped to `stops`. */
const begin = async <Started extends { stop: Stop }>(stops: Stop[], starting: Promise<Started>): Promise<Started> => {
  const started = await starting;
  stops.push(started.stop);
  return started;
};

/**
 * Runs embedded whatever has no address in the settings, all at once: once their processes are launched, this one loads the
 * desk, which leaves it no time for them. Each service started adds how it is stopped to `stops`.
 */
const startEmbedded = async (config: Config, stops: Stop[]) => {
  const { dataDir, mailboxPort, programFolders: folders } = config;
  const launching = config.redisUrl ? null : launchRedis({ dataDir, folders });
  const starting = [
    config.mongodbUrl ? null : begin(stops, startStore({ dataDir, script: STORE })),
    launching?.then(({ started }) => begin(stops, started)),
    config.smtpUrl ? null : begin(stops, startMailbox({ dataDir, port: mailboxPort })),
    Promise.resolve(launching).then(() => import('./wholeDesk.js')),
  ] as const;
  // What started beside one that cannot is stopped like the rest.
  await Promise.allSettled(starting);
  const [store, redis, mailbox, desk] = await Promise.all(starting);
  if (store) stopWhenLost('store', store.lost);
  if (redis) stopWhenLost('redis-server', redis.lost);
  const secrets =
    config.sessionSecrets.length > 0 || config.production ? config.sessionSecrets : [localSecret(dataDir)];
  const settings = requireAddresses({
    ...config,
    mongodbUrl: config.mongodbUrl ?? store?.uri ?? null,
    redisUrl: config.redisUrl ?? redis?.url ?? null,
    smtpUrl: config.smtpUrl ?? mailbox?.smtpUrl ?? null,
    sessionSecrets: secrets,
  });
  return { settings, mailboxUrl: mailbox?.url ?? null, desk };
};

/** The folder of the embedded services, which holds projects, e-mails and secrets: for its owner alone. */
const keepForOwner = (dataDir: string): void => {
  try {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o700);
  } catch (error) {
    throw new BadSettings(`DATA_DIR=${dataDir} cannot be used: ${(error as Error).message}`);
  }
};

const startEverything = async (config: Config, stops: Stop[]): Promise<void> => {
  const { settings, mailboxUrl, desk } = await startEmbedded(config, stops);
  const accounts = await desk.startDesk(config, settings, stops);
  say(`\n  Front door   ${config.publicUrl}`);
  if (mailboxUrl) say(`  Mailbox      ${mailboxUrl}`);
  say(accounts);
  say('\n  Ctrl-C stops everything.\n');
};

/**
 * `npm start`: everything in one go. What has no address in the settings (store, Redis, mail server) runs embedded, with
 * its files under DATA_DIR; web and worker share this process. Stops in the reverse order of starting.
 */
live(async () => {
  const config = readConfig();
  logger.level = config.logLevel === 'info' ? 'warn' : config.logLevel;
  await requireFreePort(config.port, 'PORT');
  if (!config.smtpUrl) await requireFreePort(config.mailboxPort, 'MAILBOX_PORT');
  keepForOwner(config.dataDir);

  const stops: Stop[] = [];
  const stopAll = async (): Promise<void> => {
    const failed: unknown[] = [];
    for (const stop of stops.splice(0).reverse()) {
      try {
        await stop();
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw failed[0];
  };
  try {
    await startEverything(config, stops);
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
});
