import { Binary, Decimal128, Double, Long, ObjectId } from 'bson';
import { CommandError } from './errors.js';
import type { Doc } from './values.js';

/**
 * Reads the BSON that nearly all documents are made of, straight into the form that values.ts describes: less than half the
 * time that reading it first and converting it then would take.
 */

/** What is not plain BSON of everyday types: left to bson, which refuses what is wrong. */
const UNUSUAL = Symbol('unusual');

/** The fields that are asked for: the whole of one, or some of its own. */
export type Asked = ReadonlyMap<string, Asked | true>;

/** Null when there is anything unusual about the bytes. `asked`: these fields alone; the others are passed over. */
export function readPlain(bytes: Uint8Array, asked: Asked | true = true): Doc | null {
  const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < 5 || buffer.readInt32LE(0) !== buffer.length) return null;
  const reader = { buffer, at: 0, depth: 0 };
  try {
    return readDoc(reader, buffer.length, asked);
  } catch (error) {
    if (error === UNUSUAL) return null;
    throw error;
  }
}

interface Reader {
  buffer: Buffer;
  at: number;
  /** How many documents and arrays are open. */
  depth: number;
}

/** MongoDB's own limit. */
export const MOST_LEVELS = 200;

export function tooDeep(): CommandError {
  return new CommandError(15, `BSONObj exceeded maximum nested object depth: ${MOST_LEVELS}`);
}

function unusual(): never {
  throw UNUSUAL;
}

/** Where the document that starts here ends, which must be before its surroundings do. */
function endOf({ buffer, at }: Reader, outer: number): number {
  if (at + 5 > outer) unusual();
  const end = at + buffer.readInt32LE(at);
  if (end < at + 5 || end > outer || buffer[end - 1] !== 0) unusual();
  return end - 1;
}

function readDoc(reader: Reader, outer: number, asked: Asked | true): Doc {
  const end = endOf(reader, outer);
  reader.at += 4;
  if (++reader.depth > MOST_LEVELS) throw tooDeep();
  const doc: Doc = {};
  while (reader.at < end) {
    const type = reader.buffer[reader.at++]!;
    const name = readName(reader, end);
    const inner = asked === true ? true : asked.get(name);
    if (inner === undefined) passOver(reader, type, end);
    else doc[name] = readValue(reader, type, end, inner);
  }
  if (reader.at !== end) unusual();
  reader.at++;
  reader.depth--;
  return doc;
}

function readArray(reader: Reader, outer: number, asked: Asked | true): unknown[] {
  const end = endOf(reader, outer);
  reader.at += 4;
  if (++reader.depth > MOST_LEVELS) throw tooDeep();
  const array: unknown[] = [];
  while (reader.at < end) {
    const type = reader.buffer[reader.at++]!;
    while (reader.buffer[reader.at++] !== 0) if (reader.at >= end) unusual();
    array.push(readValue(reader, type, end, asked));
  }
  if (reader.at !== end) unusual();
  reader.at++;
  reader.depth--;
  return array;
}

/** Moves on by a number of bytes, all of which must be there; gives where they begin. */
function take(reader: Reader, count: number, end: number): number {
  const start = reader.at;
  if (count < 0 || start + count > end) unusual();
  reader.at = start + count;
  return start;
}

function readValue(reader: Reader, type: number, end: number, asked: Asked | true): unknown {
  const { buffer } = reader;
  switch (type) {
    case 1:
      return double(buffer.readDoubleLE(take(reader, 8, end)));
    case 2:
      return readString(reader, end);
    case 3:
      return readDoc(reader, end, asked);
    case 4:
      return readArray(reader, end, asked);
    case 5:
      return readBinary(reader, end);
    case 7: {
      const start = take(reader, 12, end);
      return new ObjectId(buffer.subarray(start, start + 12));
    }
    case 8:
      return readBoolean(buffer[take(reader, 1, end)]!);
    case 9:
      return new Date(Number(buffer.readBigInt64LE(take(reader, 8, end))));
    case 10:
      return null;
    case 16:
      return buffer.readInt32LE(take(reader, 4, end));
    case 18: {
      const start = take(reader, 8, end);
      return new Long(buffer.readInt32LE(start), buffer.readInt32LE(start + 4));
    }
    case 19: {
      const start = take(reader, 16, end);
      return new Decimal128(Uint8Array.prototype.slice.call(buffer, start, start + 16));
    }
    default:
      return unusual();
  }
}

/** Bytes of the types that always take as many. */
const WIDTHS: Record<number, number> = { 1: 8, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 18: 8, 19: 16 };

/** Moves on to what follows a value. */
function passOver(reader: Reader, type: number, end: number): void {
  const { buffer } = reader;
  if (type === 3 || type === 4) take(reader, endOf(reader, end) + 1 - reader.at, end);
  else if (type === 2) take(reader, buffer.readInt32LE(take(reader, 4, end)), end);
  else if (type === 5) take(reader, buffer.readInt32LE(take(reader, 4, end)) + 1, end);
  else take(reader, WIDTHS[type] ?? unusual(), end);
}

/** A double that would be taken for an int32 keeps its type. */
function double(value: number): number | Double {
  return (value | 0) === value && !Object.is(value, -0) ? new Double(value) : value;
}

function readBoolean(byte: number): boolean {
  return byte > 1 ? unusual() : byte === 1;
}

const REPLACEMENT = '\ufffd';

function readString(reader: Reader, end: number): string {
  const length = reader.buffer.readInt32LE(take(reader, 4, end));
  const start = take(reader, length, end);
  if (length < 1 || reader.buffer[reader.at - 1] !== 0) unusual();
  const text = reader.buffer.toString('utf8', start, reader.at - 1);
  // Stands for bytes that are no UTF-8, if it is not itself in the text.
  return text.includes(REPLACEMENT) ? unusual() : text;
}

const OLD_BINARY = 2;

function readBinary(reader: Reader, end: number): Binary {
  const length = reader.buffer.readInt32LE(take(reader, 4, end));
  const kind = reader.buffer[take(reader, 1, end)]!;
  if (kind === OLD_BINARY) unusual();
  const start = take(reader, length, end);
  // Copied, so that a small field does not keep the whole network buffer alive.
  return new Binary(Uint8Array.prototype.slice.call(reader.buffer, start, start + length), kind);
}

const names = new Map<number, string>();
const MOST_NAMES = 4096;
const LONGEST_NAME = 32;

/** Names come again and again: those that were read before are not decoded anew. */
function readName(reader: Reader, end: number): string {
  const { buffer, at: start } = reader;
  let hash = 0;
  let at = start;
  for (let byte = buffer[at]!; byte !== 0; byte = buffer[++at]!) {
    if (at >= end || byte >= 0x80) unusual();
    hash = (hash * 31 + byte) | 0;
  }
  reader.at = at + 1;
  const known = names.get(hash);
  if (known !== undefined && isSame(known, buffer, start, at)) return known;
  const name = buffer.toString('latin1', start, at);
  if (name === '__proto__' || name === '$ref') unusual();
  if (names.size < MOST_NAMES && name.length <= LONGEST_NAME) names.set(hash, name);
  return name;
}

function isSame(name: string, buffer: Buffer, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== buffer[start + i]) return false;
  return true;
}
