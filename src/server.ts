import { createApp } from './app.js';
import { readConfig, requireAddresses } from './config.js';
import { closeServer, listen, live } from './lifetime.js';
import { logger } from './logger.js';
import { openServices } from './services.js';

/** The web process: pages and forms. E-mails leave from the worker. */
live(async () => {
  const config = requireAddresses(readConfig());
  logger.level = config.logLevel;
  const { services, sessions, close } = await openServices(config);
  const server = await listen(createApp(services, sessions, config), config.port, 'PORT');
  logger.info({ port: config.port, publicUrl: config.publicUrl }, 'web is up');
  return async () => {
    await closeServer(server);
    await close();
  };
});
