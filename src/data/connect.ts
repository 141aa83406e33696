import { setTimeout } from 'node:timers/promises';
import mongoose, { type Connection } from 'mongoose';
import { BadSettings, Unavailable } from '../errors.js';
import { logger } from '../logger.js';
import { within } from './gate.js';

/** Milliseconds after which a call is told that the store is away, rather than wait. */
export const PATIENCE = 5000;
/** Between two looks at whether the store answers… */
const PULSE = 1000;
/** …which it has so long to do: less than calls may take, for all wait behind a store that hangs. */
const BEAT = 3000;
/** Looks in vain, one after the other, after which a store that says nothing is away: one slow moment is no outage. */
const SILENT = 2;

const OPTIONS = {
  serverSelectionTimeoutMS: PATIENCE,
  bufferTimeoutMS: PATIENCE,
  waitQueueTimeoutMS: 2 * PATIENCE,
  autoIndex: false,
  autoCreate: false,
} as mongoose.ConnectOptions;

interface Connected {
  connection: Connection;
  /** Settles when the store has answered for the first time. */
  connected: Promise<void>;
  /** Whether the last look found nobody, or waited in vain. */
  isAway: () => boolean;
  close: () => Promise<void>;
}

/** Connects to a MongoDB address, and throws when it cannot. */
export const connectNow = async (url: string): Promise<Connected> => {
  const connection = mongoose.createConnection(url, { ...OPTIONS });
  await connection.asPromise();
  return { connection, connected: Promise.resolve(), isAway: () => false, close: () => connection.close() };
};

const requireReadable = (url: string): void => {
  try {
    new mongoose.mongo.MongoClient(url);
  } catch (error) {
    throw new BadSettings(`MONGODB_URL cannot be used: ${(error as Error).message}`);
  }
};

/**
 * Connects in the background, for as long as it takes, and watches whether the store answers: one line in the log when it
 * goes away, one when it is back. Calls made before it is there wait for PATIENCE at most.
 * Throws BadSettings when the address cannot be read.
 */
export const connectInBackground = (url: string): Connected => {
  requireReadable(url);
  const connection = mongoose.createConnection();
  // Told by whoever calls, and below: without a listener, it would end the process.
  connection.on('error', () => undefined);
  const closing = new AbortController();
  let isConnected: () => void = () => undefined;
  const connected = new Promise<void>((resolve) => {
    isConnected = resolve;
  });
  let opened = false;
  let away = false;
  let silent = 0;

  const look = async (): Promise<void> => {
    if (!opened) await connection.openUri(url, { ...OPTIONS });
    opened = true;
    await within(BEAT, Promise.resolve(connection.db?.command({ ping: 1 })));
    isConnected();
  };
  const tell = (isAway: boolean, error?: unknown): void => {
    if (away === isAway || closing.signal.aborted) return;
    away = isAway;
    if (isAway) logger.warn({ reason: reasonOf(error) }, 'store is away');
    else logger.info('store is back');
  };
  const watch = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await look().then(
        () => {
          silent = 0;
          tell(false);
        },
        (error: unknown) => {
          silent += 1;
          if (!(error instanceof Unavailable) || silent >= SILENT) tell(true, error);
        },
      );
      await setTimeout(PULSE, null, { signal: closing.signal, ref: false }).catch(() => undefined);
    }
  };
  void watch();

  return {
    connection,
    connected,
    isAway: (): boolean => away,
    async close(): Promise<void> {
      closing.abort();
      await connection.close();
    },
  };
};

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
};
