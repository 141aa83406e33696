import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { logger } from '../../logger.js';
import { refuseSecondStore, removeAddress, writeAddress } from './address.js';
import { loadCatalog } from './catalog.js';
import type { StoreContext } from './commands/command.js';
import { serveConnection } from './connection.js';
import { dropIdleCursors } from './cursors.js';
import { openDurability } from './durability.js';
import { removeExpired } from './expiry.js';

export interface ServeOptions {
  dataDir: string;
  /** 0, the default, for any free port. */
  port?: number;
  now?: () => Date;
  /** Called when the disk can no longer be written; nothing is acknowledged from then on. */
  onDiskFailure?: (error: unknown) => void;
}

export interface Serving {
  /** Complete: needs no further options. The database may be replaced by another name. */
  uri: string;
  /** Does now what is done every minute: removes expired documents and forgotten cursors. Gives how many documents went. */
  sweep(): number;
  /** Lets the clients go, finishes the writes and closes the files. */
  stop(): Promise<void>;
}

const SWEEP_MS = 60_000;
const HOST = '127.0.0.1';

/**
 * Serves the documents of DATA_DIR/store on the loopback interface, in this process.
 * Errors: BadSettings when another store already serves that directory; those of the file system and of the port.
 */
export async function serveStore({
  dataDir,
  port = 0,
  now = () => new Date(),
  onDiskFailure,
}: ServeOptions): Promise<Serving> {
  await mkdir(dataDir, { recursive: true });
  await refuseSecondStore(dataDir);
  const durability = openDurability(path.join(dataDir, 'store'));
  const context: StoreContext = { catalog: loadCatalog(durability), cursors: new Map(), now };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveConnection(socket, context).catch((error: unknown) => {
      logger.fatal({ err: error }, 'embedded store: the disk cannot be written');
      onDiskFailure?.(error);
    });
  });
  await listen(server, port);
  const uri = `mongodb://${HOST}:${(server.address() as AddressInfo).port}/porte`;
  await writeAddress(dataDir, { uri, pid: process.pid });
  const sweep = () => {
    dropIdleCursors(context.cursors, now());
    return removeExpired(context.catalog, now());
  };
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await durability.close();
    await removeAddress(dataDir);
  };
  return {
    uri,
    sweep,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
