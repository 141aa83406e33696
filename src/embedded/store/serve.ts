import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { BadSettings } from '../../errors.js';
import { logger } from '../../logger.js';
import { claimAddress, refuseServed, releaseAddress } from './address.js';
import { loadCatalog } from './catalog.js';
import { createMember, SET_NAME } from './clock.js';
import type { StoreContext } from './commands/command.js';
import { serveConnection } from './connection.js';
import { dropIdleCursors } from './cursors.js';
import { removeExpired } from './expiry.js';
import { freeBytes } from './room.js';
import { dropIdleSessions, loadSessions } from './sessions.js';
import { copyFiles } from './storage/copyFiles.js';
import { checkBeforeOpening, forgetOrderlyEnd, noteOrderlyEnd } from './storage/orderlyEnd.js';
import { Damaged } from './storage/sealed.js';
import { openStorage, type Storage } from './storage/storage.js';
import { dropIdleTransactions, forgetTransactions } from './transactions/ofSession.js';
import { abortExpired, noTransactions } from './transactions/transaction.js';

export interface ServeOptions {
  dataDir: string;
  /** 0, the default, for any free port. */
  port?: number;
  now?: () => Date;
  /** Whether writes wait for the disk: the default, and false for tests alone. */
  flush?: boolean;
  /** Milliseconds between two sweeps; null: only when asked, for tests that move their clock back and forth. */
  sweepEvery?: number | null;
  /** Bytes that are free on the disk: those of its file system, unless told. */
  free?: () => number;
  /** Called when the disk can no longer be written; nothing is acknowledged from then on. */
  onDiskFailure?: (error: unknown) => void;
}

export interface Serving {
  /** Complete: needs no further options. The database may be replaced by another name. */
  uri: string;
  /** Does now what is done every minute: removes expired documents and forgotten cursors. Gives how many documents went. */
  sweep(): number;
  /**
   * Writes a copy of all that is acknowledged into an empty directory, which may be served in its turn. Others read and write
   * meanwhile.
   */
  copyTo(directory: string): Promise<void>;
  /** Lets the clients go, finishes the writes and closes the files. */
  stop(): Promise<void>;
}

const SWEEP_MS = 60_000;
/** How often it is looked whether a transaction has been open for too long. */
const TRANSACTIONS_MS = 1000;
const HOST = '127.0.0.1';

/**
 * Serves the documents of DATA_DIR/store on the loopback interface, in this process.
 * Errors: BadSettings when another store already serves that directory, or its file is damaged; those of the file system and of the port.
 */
export async function serveStore(options: ServeOptions): Promise<Serving> {
  const { dataDir, port = 0, now = () => new Date(), sweepEvery = SWEEP_MS } = options;
  const files = path.join(dataDir, 'store');
  // The documents hold personal data: for this account alone.
  await mkdir(files, { recursive: true, mode: 0o700 });
  // Listening comes first: whoever finds the directory claimed must find somebody there, even while documents are read.
  const gate = await openGate(port, options.onDiskFailure);
  const host = `${HOST}:${gate.port}`;
  const address = { uri: `mongodb://${host}/porte?replicaSet=${SET_NAME}`, pid: process.pid };
  const storage = await openFiles(dataDir, files, options.flush).catch(async (error: unknown) => {
    await gate.close();
    throw error;
  });
  let isOurs = false;
  const release = async (atLast = () => {}) => {
    await gate.close();
    atLast();
    await releaseAddress(dataDir, storage, address);
    await storage.close();
    if (isOurs) noteOrderlyEnd(files);
  };
  try {
    await claimAddress(dataDir, storage, address);
    forgetOrderlyEnd(files);
    const context: StoreContext = {
      catalog: loadCatalog(storage),
      cursors: new Map(),
      sessions: loadSessions(storage),
      transactions: noTransactions(),
      member: createMember(host, now()),
      now,
      free: options.free ?? (() => freeBytes(files)),
    };
    isOurs = true;
    gate.letIn(context);
    return serving(address.uri, context, { release, sweepEvery });
  } catch (error) {
    await release();
    throw error;
  }
}

/** How often a file is looked at again that another store, about to be served, may just be writing. */
const LOOKS = 3;
const BETWEEN_LOOKS_MS = 200;

/** Errors: BadSettings when the file is damaged, or another store serves it. */
async function openFiles(dataDir: string, files: string, flush: boolean | undefined): Promise<Storage> {
  for (let look = 1; ; look++) {
    await refuseServed(dataDir);
    try {
      checkBeforeOpening(files);
      return openStorage(files, flush);
    } catch (error) {
      if (look < LOOKS) await new Promise((later) => setTimeout(later, BETWEEN_LOOKS_MS));
      else if (error instanceof Damaged)
        throw new BadSettings(
          `${error.message}. Nothing was changed in ${files}: restore a backup in its place, or begin in an empty folder if a version before this one wrote it.`,
        );
      else throw error;
    }
  }
}

interface Life {
  release: (atLast?: () => void) => Promise<void>;
  sweepEvery: number | null;
}

function serving(uri: string, context: StoreContext, { release, sweepEvery }: Life): Serving {
  const { transactions, catalog } = context;
  const sweepTransactions = () => {
    abortExpired(transactions.open, catalog, context.now());
    dropIdleTransactions(transactions, context.now());
  };
  const sweep = () => {
    sweepTransactions();
    dropIdleCursors(context.cursors, context.now());
    dropIdleSessions(context.sessions, context.now());
    removeDiscarded(context.catalog.storage);
    return removeExpired(context.catalog, context.now());
  };
  const timer = sweepEvery === null ? undefined : setInterval(sweep, sweepEvery).unref();
  const oftener = sweepEvery === null ? undefined : setInterval(sweepTransactions, TRANSACTIONS_MS).unref();
  let stopping: Promise<void> | null = null;
  const stop = () => {
    clearInterval(timer);
    clearInterval(oftener);
    stopping ??= release(() => forgetTransactions(transactions, catalog, null));
    return stopping;
  };
  const copyTo = (directory: string) => copyFiles(context.catalog.storage, directory);
  return { uri, sweep, copyTo, stop };
}

const MOST_DISCARDING = 50;

function removeDiscarded(storage: Storage): void {
  for (let i = 0; i < MOST_DISCARDING && storage.hasDiscarded(); i++) storage.writeNow(() => storage.discardMore());
}

/** Listens, and has the clients wait until `letIn` says what they are served. */
async function openGate(wanted: number, onDiskFailure: ServeOptions['onDiskFailure']) {
  const sockets = new Set<Socket>();
  let context: StoreContext | null = null;
  const serveOne = (socket: Socket, served: StoreContext) => {
    serveConnection(socket, served).catch((error: unknown) => {
      logger.fatal({ err: error }, 'embedded store: the disk cannot be written');
      onDiskFailure?.(error);
    });
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Once it is being served, serveConnection sees to the errors; until then there is nothing to lose.
    socket.on('error', () => undefined);
    if (context !== null) serveOne(socket, context);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, HOST, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    letIn: (served: StoreContext) => {
      context = served;
      for (const socket of sockets) serveOne(socket, served);
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
