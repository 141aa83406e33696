import { startWorker } from '../jobs/worker.js';
import { createApp } from './app.js';
import type { Config, ServiceConfig } from './config.js';
import { localDay, startOfLocalDay } from './domain/calendar/businessTime.js';
import type { Account } from './domain/referrals/access.js';
import { demonstrationPassword, localSecret } from './embedded/localSecrets.js';
import { closeServer, listen } from './lifetime.js';
import { loadDemonstration, needsDemonstration } from './services/demonstration/loadDemonstration.js';
import { demonstrationStaff } from './services/demonstration/people.js';
import { type OpenServices, openServices } from './services.js';

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
  const worker = startWorker(opened.services, {
    redisUrl: settings.redisUrl,
    concurrency: config.emailConcurrency,
    emailsAMinute: config.emailsAMinute.inAll,
  });
  stops.push(worker.close, () => closeServer(server, { ...pages.services, ...config }));
  return accountsInWords(config, opened);
};
