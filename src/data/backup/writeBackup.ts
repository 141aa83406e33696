import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { EJSON } from 'bson';
import type { Connection, mongo } from 'mongoose';
import {
  type BackedUpCollection,
  type BackupHeader,
  END_OF_COLLECTION,
  FORMAT,
  FORMAT_VERSION,
  inReadingOrder,
  isBackedUp,
} from './backupFormat.js';

type Session = mongo.ClientSession;
type Counts = Record<string, number>;

export interface WrittenBackup {
  counts: Counts;
  /** Of the file. */
  bytes: number;
  isOneInstant: boolean;
}

/** Documents asked of the store at a time. */
const AT_A_TIME = 500;
/** Bytes handed on at a time: single documents would make compressing slow. */
const PIECE = 64 * 1024;
/** A transaction lasts a minute at most: rather a longer file than a slower one. */
const COMPRESSION = 3;

/**
 * Writes every collection of the store into a file, for its owner alone (it holds personal data), under a temporary name
 * until it is whole and on the disk; a file of that name is replaced only then. Memory does not grow with the store.
 *
 * All is read in one transaction, so that the file holds the store of one instant, as a crash would have left it: what is
 * half done there, the sweep completes. Where that cannot be had (a MongoDB server alone has no transactions; they last a
 * minute) collections are read one after the other (backupFormat.ts says in which order). Then nothing of what follows from
 * a project or referral that was read is missing, or the sweep makes it; but an act done meanwhile may be told by its event
 * without its referral showing it, and a project sent meanwhile may be missing. Field names that are whole numbers keep
 * their place in the file, and come first once restored.
 * Errors: those of the store and of the file system; no file is left then.
 */
export const writeBackup =
  (connection: Connection) =>
  async (file: string, { application, at }: { application: string; at: Date }): Promise<WrittenBackup> => {
    const session = await connection.startSession();
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' } });
      return await writeWhole(connection, file, { application, at, session });
    } catch (error) {
      if (!isRefusedByStore(error)) throw error;
      return await writeWhole(connection, file, { application, at, session: null });
    } finally {
      await session.endSession();
    }
  };

/** An answer of the server, not a connection that broke or a disk that is full. */
const isRefusedByStore = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'number';

interface Reading {
  application: string;
  at: Date;
  session: Session | null;
}

async function writeWhole(connection: Connection, file: string, reading: Reading): Promise<WrittenBackup> {
  const partial = `${file}.${process.pid}.partial`;
  const counts: Counts = {};
  try {
    const target = createWriteStream(partial, { flags: 'wx', mode: 0o600 });
    await pipeline(Readable.from(bytesOf(connection, reading, counts)), createGzip({ level: COMPRESSION }), target);
    await keep(partial);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await keep(path.dirname(file));
  return { counts, bytes: (await stat(file)).size, isOneInstant: reading.session !== null };
}

/** Has a file, or the names in a folder, on the disk. */
async function keep(file: string): Promise<void> {
  const handle = await open(file, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Every byte of the file before compression; counts the documents of each collection on the way. */
async function* bytesOf(connection: Connection, reading: Reading, counts: Counts): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const piece of contentOf(connection, reading, counts)) {
    hash.update(piece);
    yield piece;
  }
  yield lineOf({ counts, sha256: hash.digest('hex') });
}

async function* contentOf(
  connection: Connection,
  { application, at, session }: Reading,
  counts: Counts,
): AsyncGenerator<Buffer> {
  // The first read sets the instant: what is listed after holds every collection that there was then.
  if (session) await connection.collection('marks').findOne({}, { session });
  const collections = await describe(connection);
  const isOneInstant = session !== null;
  const header: BackupHeader = { format: FORMAT, version: FORMAT_VERSION, application, at, isOneInstant, collections };
  yield lineOf(header);
  for (const { name } of collections) {
    counts[name] = 0;
    yield* inPieces(documentsOf(connection, name, session, counts));
    yield END_OF_COLLECTION;
  }
}

const lineOf = (value: object): Buffer => Buffer.from(`${EJSON.stringify(value, { relaxed: false })}\n`);

/** The collections that are backed up, in the order in which they are read. */
async function describe(connection: Connection): Promise<BackedUpCollection[]> {
  const listed = await connection.listCollections();
  const kept = listed.filter(({ name, type }) => type !== 'view' && isBackedUp(name));
  const found: BackedUpCollection[] = [];
  for (const name of inReadingOrder(kept.map((collection) => collection.name))) {
    const { options = {} } = kept.find((collection) => collection.name === name) as { options?: object };
    const indexes = await connection.collection(name).indexes();
    found.push({ name, options, indexes: indexes.filter((index) => index.name !== '_id_') });
  }
  return found;
}

async function* documentsOf(
  connection: Connection,
  name: string,
  session: Session | null,
  counts: Counts,
): AsyncGenerator<Buffer> {
  const options = { raw: true, batchSize: AT_A_TIME, ...(session && { session }) };
  for await (const document of connection.collection(name).find({}, options)) {
    counts[name] = (counts[name] ?? 0) + 1;
    yield document as unknown as Buffer;
  }
}

async function* inPieces(documents: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const document of documents) {
    held.push(document);
    length += document.length;
    if (length < PIECE) continue;
    yield Buffer.concat(held);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held);
}
