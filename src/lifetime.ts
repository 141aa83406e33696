import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Application, boundedServer } from './boundedServer.js';
import { BadSettings } from './errors.js';
import { logger } from './logger.js';
import { endTracing } from './tracing.js';

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
      await endTracing();
      process.exit();
    } catch (error) {
      logger.error({ err: error }, 'did not stop in order');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
};

/** The answers that each server is giving now, by connection: the last of a connection that breaks never hear that it did. */
const underWay = new WeakMap<Server, Map<Socket, Set<ServerResponse>>>();

const keepCount = (server: Server): void => {
  const connections = new Map<Socket, Set<ServerResponse>>();
  underWay.set(server, connections);
  server.on('connection', (socket: Socket) => {
    connections.set(socket, new Set());
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', ({ socket }, answer) => {
    const answers = connections.get(socket);
    answers?.add(answer);
    answer.once('close', () => answers?.delete(answer));
  });
};

const answersOf = (server: Server): ServerResponse[] =>
  [...(underWay.get(server)?.values() ?? [])].flatMap((answers) => [...answers]);

/** Listens on a port. Throws BadSettings naming the port and its setting when it is taken. */
export const listen = (app: Application, port: number, setting: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = boundedServer(app);
    keepCount(server);
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

/** What the stop of a server takes: how it tells that it leaves, and for how many seconds it goes on serving then. */
export interface Leaving {
  readiness: { leave(): void };
  stopDelay: number;
}

/**
 * Stops a server so that nobody's request fails. Readiness turns red first; for `stopDelay` seconds requests are still
 * taken, so that balancers have the time to see it, and each answer closes its connection. Then it stops accepting, lets
 * requests under way finish, and closes.
 */
export const closeServer = async (server: Server, { readiness, stopDelay }: Leaving): Promise<void> => {
  readiness.leave();
  closeAfterAnswers(server);
  await pause(stopDelay * 1000);
  await stopAccepting(server);
};

/** A client that keeps its connection would send its next request there at the moment it is closed: it is told before. */
const closeAfterAnswers = (server: Server): void => {
  for (const answer of answersOf(server)) answer.shouldKeepAlive = false;
  server.prependListener('request', (_request, answer) => {
    answer.shouldKeepAlive = false;
  });
};

const stopAccepting = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
    // What had begun to answer before had promised to keep its connection.
    for (const answer of answersOf(server))
      answer.once('close', () => setImmediate(() => server.closeIdleConnections()));
  });
