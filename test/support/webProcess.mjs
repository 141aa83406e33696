// A web process of its own, as built, on a store that it shares with others: use cases are asked for by messages.
import { readConfig, requireAddresses } from '../../dist/src/config.js';
import { logger } from '../../dist/src/logger.js';
import { buildServices, openServices } from '../../dist/src/services.js';

logger.level = 'silent';
const opened = await openServices(requireAddresses(readConfig(process.env)));
const limits = { take: async () => ({ allowed: true, retryInSeconds: 0 }), giveBack: async () => undefined };
const services = buildServices({ ...opened.parts, limits, enqueue: async () => true });

process.on('message', async ({ id, name, args }) => {
  try {
    process.send({ id, done: await services[name](...args) });
  } catch ({ status = 500, message, stack }) {
    process.send({ id, failed: { status, message, stack } });
  }
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
