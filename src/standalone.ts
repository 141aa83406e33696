import './tracing.js';
import { chmodSync, mkdirSync } from 'node:fs';
import { startWorker } from '../jobs/worker.js';
import { createApp } from './app.js';
import { type Config, readConfig, requireAddresses } from './config.js';
import { localDay, startOfLocalDay } from './domain/calendar/businessTime.js';
import type { Account } from './domain/referrals/access.js';
import { demonstrationPassword, localSecret } from './embedded/localSecrets.js';
import { startMailbox } from './embedded/mailbox/startMailbox.js';
import { startRedis } from './embedded/redis.js';
import { startStore } from './embedded/store/startStore.js';
import { BadSettings } from './errors.js';
import { closeServer, listen, live, requireFreePort } from './lifetime.js';
import { logger } from './logger.js';
import { loadDemonstration, needsDemonstration } from './services/demonstration/loadDemonstration.js';
import { demonstrationStaff } from './services/demonstration/people.js';
import { type OpenServices, openServices } from './services.js';

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

/** Runs embedded whatever has no address in the settings. Each service started adds how it is stopped to `stops`. */
const startEmbedded = async (config: Config, stops: Stop[]) => {
  const { dataDir, mailboxPort } = config;
  const store = config.mongodbUrl ? null : await startStore({ dataDir });
  if (store) {
    stops.push(store.stop);
    stopWhenLost('store', store.lost);
  }
  const redis = config.redisUrl ? null : await startRedis({ dataDir, folders: config.programFolders });
  if (redis) {
    stops.push(redis.stop);
    stopWhenLost('redis-server', redis.lost);
  }
  const mailbox = config.smtpUrl ? null : await startMailbox({ dataDir, port: mailboxPort });
  if (mailbox) stops.push(mailbox.stop);
  const secrets =
    config.sessionSecrets.length > 0 || config.production ? config.sessionSecrets : [localSecret(dataDir)];
  const settings = requireAddresses({
    ...config,
    mongodbUrl: config.mongodbUrl ?? store?.uri ?? null,
    redisUrl: config.redisUrl ?? redis?.url ?? null,
    smtpUrl: config.smtpUrl ?? mailbox?.smtpUrl ?? null,
    sessionSecrets: secrets,
  });
  return { settings, mailboxUrl: mailbox?.url ?? null };
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

/** Loads the demonstration on the first start; shows how far it is, for it takes a few seconds. */
const prepareDemonstration = async (config: Config, { parts, services }: OpenServices): Promise<void> => {
  if (!config.demo || config.mongodbUrl || config.production || !(await needsDemonstration(parts))) return;
  await loadDemonstration(parts, {
    until: startOfLocalDay(localDay(services.clock())),
    password: demonstrationPassword(localSecret(config.dataDir)),
    onProgress: (done, total) => process.stderr.write(`Loading the demonstration: ${done} of ${total} projects\n`),
  });
};

/** The accounts of the demonstration that are still there: manager, administrator, committee; an advisor and the lead of each desk. */
const tellAccounts = async (config: Config, { parts }: OpenServices): Promise<void> => {
  const { accounts, territory, demonstration } = parts;
  const isDesk = (id: string | null): boolean => id === null || territory.partner(id)?.role === 'desk';
  const first = demonstrationStaff(territory.partners, demonstration ?? { relays: [] }).filter(({ email }) =>
    /^(pilotage1@|administration1@|comite1@|conseil1\.|responsable\.)/.test(email),
  );
  const there = await accounts.byIds(first.filter(({ partner }) => isDesk(partner)).map(({ id }) => id));
  if (there.length === 0)
    return say(
      '\n  No demonstration. A first account: npm run --silent desk -- users invite ADDRESS --name "…" --role admin --link',
    );
  const password = demonstrationPassword(localSecret(config.dataDir));
  const width = Math.max(...there.map(({ email }) => email.length));
  const line = ({ email, role }: Account): string => `  ${role.padEnd(9)}${email.padEnd(width)}   ${password(email)}`;
  say(['', '  Demonstration accounts, with passwords made for this machine', ...there.map(line)].join('\n'));
};

const startEverything = async (config: Config, stops: Stop[]): Promise<void> => {
  const { settings, mailboxUrl } = await startEmbedded(config, stops);
  const opened = await openServices(settings);
  stops.push(opened.close);
  await opened.parts.migrations.migrate();
  await prepareDemonstration(config, opened);
  const worker = startWorker(opened.services, {
    redisUrl: settings.redisUrl,
    concurrency: config.emailConcurrency,
    emailsAMinute: config.emailsAMinute.inAll,
  });
  stops.push(worker.close);
  // Pages wait less long than work does, when the store is away.
  const pages = await openServices(settings, undefined, { as: 'web' });
  stops.push(pages.close);
  const server = await listen(createApp(pages.services, pages.sessions, settings), config.port, 'PORT');
  stops.push(() => closeServer(server, { ...pages.services, ...config }));
  say(`\n  Front door   ${config.publicUrl}`);
  if (mailboxUrl) say(`  Mailbox      ${mailboxUrl}`);
  await tellAccounts(config, opened);
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
