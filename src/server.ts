import './tracing.js';
import { createApp } from './app.js';
import { readConfig, requireAddresses } from './config.js';
import { closeServer, listen, live } from './lifetime.js';
import { logger } from './logger.js';
import { openServices } from './services.js';

/** There is no default password: this makes the first administrator. */
const FIRST_ACCOUNT =
  'No account yet. Invite the first administrator: npm run --silent desk -- users invite ADDRESS --name "NAME" --role admin';

/** The web process: pages and forms. E-mails leave from the worker. */
live(async () => {
  const config = requireAddresses(readConfig());
  logger.level = config.logLevel;
  const { parts, services, sessions, connected, close } = await openServices(config, undefined, { as: 'web' });
  const server = await listen(createApp(services, sessions, config), config.port, 'PORT');
  void connected
    .then(parts.accounts.isEmpty)
    .then((isEmpty) => isEmpty && logger.warn(FIRST_ACCOUNT))
    .catch(() => undefined);
  logger.info({ port: config.port, publicUrl: config.publicUrl }, 'web is up');
  return async () => {
    await closeServer(server, { ...services, ...config });
    await close();
  };
});
