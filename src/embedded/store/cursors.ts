import { randomBytes } from 'node:crypto';
import { Double, Long } from 'bson';
import { CommandError } from './errors.js';
import { atOnce, type Flow, PAUSE, type Step, type Steps } from './flow.js';
import { type Doc, encode } from './values.js';

/** What is left of a result after its first batch: read as it is asked for, or put together at the moment of the query. */
interface Cursor {
  namespace: string;
  rest: Iterator<Step>;
  /** Whether somebody is reading on in it at this moment. */
  isBusy: boolean;
  /** The next one, in BSON; null when there is none. */
  next: Uint8Array | null;
  usedAt: number;
}
export type Cursors = Map<string, Cursor>;

const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60_000;

/**
 * The answer that carries the first batch of a result; a cursor stays open when there is more.
 * @param batchSize null for MongoDB's own 101
 * @param single    whether the client wants no more than this batch
 */
export function firstBatch(
  cursors: Cursors,
  namespace: string,
  docs: Doc[],
  batchSize: number | null,
  single: boolean,
  now: Date,
): Uint8Array {
  return atOnce(firstBatchOf(cursors, namespace, docs, batchSize, single, now));
}

/** The same of documents that are read as they are asked for. */
export function* firstBatchOf(
  cursors: Cursors,
  namespace: string,
  docs: Flow,
  batchSize: number | null,
  single: boolean,
  now: Date,
): Steps<Uint8Array> {
  const rest = docs[Symbol.iterator]();
  const cursor: Cursor = { namespace, rest, isBusy: false, next: null, usedAt: now.getTime() };
  yield* advance(cursor);
  const batch = yield* takeBatch(cursor, batchSize ?? FIRST_BATCH);
  if (single || cursor.next === null) return cursorReply('firstBatch', batch, Long.ZERO, namespace);
  const id = Long.fromBigInt(randomBytes(8).readBigInt64LE() >> 1n);
  cursors.set(id.toString(), cursor);
  return cursorReply('firstBatch', batch, id, namespace);
}

/** Errors: CommandError 43 when there is no such cursor (any more), 12051 when it is being read already. */
export function* nextBatch(
  cursors: Cursors,
  id: Long,
  namespace: string,
  batchSize: number | null,
  now: Date,
): Steps<Uint8Array> {
  const cursor = cursors.get(id.toString());
  if (cursor === undefined || cursor.namespace !== namespace) throw new CommandError(43, `cursor id ${id} not found`);
  if (cursor.isBusy) throw new CommandError(12051, `cursor id ${id} is already in use`);
  cursor.usedAt = now.getTime();
  cursor.isBusy = true;
  let batch: Uint8Array[];
  try {
    batch = yield* takeBatch(cursor, batchSize || Number.POSITIVE_INFINITY);
  } catch (error) {
    cursors.delete(id.toString());
    throw error;
  }
  cursor.isBusy = false;
  const done = cursor.next === null;
  if (done) cursors.delete(id.toString());
  return cursorReply('nextBatch', batch, done ? Long.ZERO : id, namespace);
}

/** Forgets the cursors that nobody has asked for a while. */
export function dropIdleCursors(cursors: Cursors, now: Date): void {
  for (const [id, { usedAt }] of cursors) if (now.getTime() - usedAt > IDLE_MS) cursors.delete(id);
}

function* takeBatch(cursor: Cursor, count: number): Steps<Uint8Array[]> {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  while (cursor.next !== null && batch.length < count) {
    bytes += cursor.next.length;
    if (batch.length > 0 && bytes > BATCH_BYTES) break;
    batch.push(cursor.next);
    yield* advance(cursor);
  }
  return batch;
}

function* advance(cursor: Cursor): Steps<void> {
  let step = cursor.rest.next();
  for (; step.value === PAUSE; step = cursor.rest.next()) yield PAUSE;
  cursor.next = step.done === true ? null : encode(step.value as Doc);
}

/** Put together by hand, so that documents are written to BSON once: { cursor: { [name]: batch, id, ns }, ok: 1 }. */
function cursorReply(name: string, batch: Uint8Array[], id: Long, ns: string): Uint8Array {
  const array = document(batch.flatMap((doc, i) => [named(DOCUMENT, String(i)), doc]));
  const rest = encode({ id, ns }).subarray(4, -1);
  const cursor = document([named(ARRAY, name), array, rest]);
  return document([named(DOCUMENT, 'cursor'), cursor, encode({ ok: new Double(1) }).subarray(4, -1)]);
}

const DOCUMENT = 3;
const ARRAY = 4;

function named(type: number, name: string): Buffer {
  return Buffer.from(`${String.fromCharCode(type)}${name}\0`);
}

function document(parts: Uint8Array[]): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(4), ...parts, Buffer.alloc(1)]);
  bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}
