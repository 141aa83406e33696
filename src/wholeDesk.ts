import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from './app.js';
import type { Config, ServiceConfig } from './config.js';
import { localDay, startOfLocalDay } from './domain/calendar/businessTime.js';
import type { Account } from './domain/referrals/access.js';
import { demonstrationPassword, localSecret } from './embedded/localSecrets.js';
import { closeServer, listen } from './lifetime.js';
import { logger } from './logger.js';
import { needsDemonstration } from './services/demonstration/needsDemonstration.js';
import { demonstrationStaff } from './services/demonstration/people.js';
import { type OpenServices, openServices, type Services } from './services.js';

/** Loads the demonstration on the first start; shows how far it is, for it takes a few seconds. */
const prepareDemonstration = async (config: Config, { parts, services }: OpenServices): Promise<void> => {
  if (!config.demo || config.mongodbUrl || config.production || !(await needsDemonstration(parts))) return;
  const { loadDemonstration } = await import('./services/demonstration/loadDemonstration.js');
  await loadDemonstration(parts, {
    until: startOfLocalDay(localDay(services.clock())),
    password: demonstrationPassword(localSecret(config.dataDir)),
    onProgress: (done, total) => process.stderr.write(`Loading the demonstration: ${done} of ${total} projects\n`),
  });
};

/** The accounts of the demonstration that are still there: manager, administrator, committee; an advisor and the lead of each desk. */
const accountsInWords = async (config: Config, { parts }: OpenServices): Promise<string> => {
  const { accounts, territory, demonstration } = parts;
  const isDesk = (id: string | null): boolean => id === null || territory.partner(id)?.role === 'desk';
  const first = demonstrationStaff(territory.partners, demonstration ?? { relays: [] }).filter(({ email }) =>
    /^(pilotage1@|administration1@|comite1@|conseil1\.|responsable\.)/.test(email),
  );
  const there = await accounts.byIds(first.filter(({ partner }) => isDesk(partner)).map(({ id }) => id));
  if (there.length === 0)
    return '\n  No demonstration. A first account: npm run --silent desk -- users invite ADDRESS --name "…" --role admin --link';
  const password = demonstrationPassword(localSecret(config.dataDir));
  const width = Math.max(...there.map(({ email }) => email.length));
  const line = ({ email, role }: Account): string => `  ${role.padEnd(9)}${email.padEnd(width)}   ${password(email)}`;
  return ['', '  Demonstration accounts, with passwords made for this machine', ...there.map(line)].join('\n');
};

/** Milliseconds that the first pages have for themselves: what waits for the worker has waited since the last stop. */
const PAGES_FIRST = 500;

/** Pages without a worker promise what nobody does: better to stop in order, and be started again. */
const stopForWantOfWorker = (error: unknown): null => {
  logger.fatal({ err: error }, 'the worker cannot start: everything stops');
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
  return null;
};

/** Loads and starts the worker a moment later. Gives what stops it, or that it starts. */
const startWorkerSoon = (services: Services, { redisUrl, emailConcurrency, emailsAMinute }: ServiceConfig) => {
  const leaving = new AbortController();
  const start = async () => {
    const { startWorker } = await import('../jobs/worker.js');
    return startWorker(services, { redisUrl, concurrency: emailConcurrency, emailsAMinute: emailsAMinute.inAll });
  };
  const working = pause(PAGES_FIRST, null, { signal: leaving.signal }).then(
    () => start().catch(stopForWantOfWorker),
    () => null,
  );
  return async (): Promise<void> => {
    leaving.abort();
    await (await working)?.close();
  };
};

/**
 * Web and worker in this process, on services that answer: pages as soon as they can be served, then the work that waits. Each
 * part started adds how it is stopped to `stops`. Gives what is said of accounts.
 */
export const startDesk = async (
  config: Config,
  settings: ServiceConfig,
  stops: (() => Promise<unknown> | unknown)[],
): Promise<string> => {
  const opened = await openServices(settings);
  stops.push(opened.close);
  await opened.parts.migrations.migrate();
  await prepareDemonstration(config, opened);
  // Pages wait less long than work does, when the store is away.
  const pages = await openServices(settings, undefined, { as: 'web' });
  stops.push(pages.close);
  const server = await listen(createApp(pages.services, pages.sessions, settings), config.port, 'PORT');
  const stopWorker = startWorkerSoon(opened.services, settings);
  stops.push(stopWorker, () => closeServer(server, { ...pages.services, ...config }));
  return accountsInWords(config, opened);
};
