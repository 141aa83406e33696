import type { RequestListener, Server } from 'node:http';
import { boundedServer } from './boundedServer.js';
import { BadSettings } from './errors.js';
import { logger } from './logger.js';

/** How long, in milliseconds, requests under way may take to finish when the process is asked to stop. */
const GRACE = 8000;

/**
 * Runs a process: `begin` starts everything and gives what stops it. Settings that cannot be used end it with one line
 * and exit 1; SIGTERM and SIGINT stop it in order, a second signal at once.
 */
export const live = (begin: () => Promise<() => Promise<void>>): void => {
  const fail = (error: unknown): never => {
    if (error instanceof BadSettings) process.stderr.write(`${error.message}\n`);
    else logger.fatal({ err: error }, 'cannot start');
    process.exit(1);
  };
  const started = begin().catch(fail);
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    try {
      await (await started)();
      process.exit();
    } catch (error) {
      logger.error({ err: error }, 'did not stop in order');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
};

/** Listens on a port. Throws BadSettings naming the port and its setting when it is taken. */
export const listen = (app: RequestListener, port: number, setting: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = boundedServer(app);
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portTaken(port, setting) : error);
    });
    server.listen(port, () => resolve(server));
  });

const portTaken = (port: number, setting: string): BadSettings =>
  new BadSettings(`Port ${port} is in use: stop what uses it, or choose another with ${setting}=…`);

/** Throws BadSettings when the port is taken: asked before anything is started, so that nothing is half started. */
export const requireFreePort = async (port: number, setting: string): Promise<void> => {
  const server = await listen(() => undefined, port, setting);
  await new Promise((closed) => server.close(closed));
};

/** Stops accepting, lets requests under way finish, and closes. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
