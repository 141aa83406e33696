import { BSONError } from 'bson';
import { crc32c } from './checksum.js';
import { MalformedMessage } from './errors.js';
import { type Doc, decode, decodeToStore, encode } from './values.js';

/**
 * The MongoDB wire protocol, as far as a driver of today speaks it: OP_MSG for everything, and
 * OP_QUERY for the first greeting (mongodb.com/docs/manual/reference/mongodb-wire-protocol).
 */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
export const HEADER_BYTES = 16;
export const MAX_MESSAGE_BYTES = 48_000_000;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REQUIRED_FLAGS = 0xffff;

export interface Request {
  requestId: number;
  /** Whether the client asked by OP_QUERY, and wants its answer by OP_REPLY. */
  legacy: boolean;
  /** Whether the client wants no answer. */
  moreToCome: boolean;
  /** Reads the command. Errors: MalformedMessage; CommandError for values that are not served. */
  command(): Doc;
}

/** Reads the length of a message from its first bytes. Errors: MalformedMessage. */
export function messageLength(header: Buffer): number {
  const length = header.readInt32LE(0);
  if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new MalformedMessage(`message of ${length} bytes`);
  return length;
}

/** Reads one whole message. Errors: MalformedMessage when it is not one that this server knows. */
export function readRequest(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return readMsg(message, requestId);
  if (opCode === OP_QUERY) return readQuery(message, requestId);
  throw new MalformedMessage(`unknown operation code ${opCode}`);
}

function readMsg(message: Buffer, requestId: number): Request {
  if (message.length < HEADER_BYTES + 4) throw new MalformedMessage('OP_MSG without flags');
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new MalformedMessage(`unknown OP_MSG flags ${flags}`);
  }
  const isChecked = (flags & CHECKSUM_PRESENT) !== 0;
  const end = message.length - (isChecked ? 4 : 0);
  if (isChecked && (end < HEADER_BYTES + 4 || crc32c(message.subarray(0, end)) !== message.readUInt32LE(end)))
    throw new MalformedMessage('a checksum that is not that of its message');
  const sections = message.subarray(HEADER_BYTES + 4, end);
  return { requestId, legacy: false, moreToCome: (flags & MORE_TO_COME) !== 0, command: () => readSections(sections) };
}

function readSections(bytes: Buffer): Doc {
  let body: Doc | null = null;
  const sequences: Doc = {};
  let at = 0;
  while (at < bytes.length) {
    const kind = bytes[at++];
    const section = sized(bytes, at);
    at += section.length;
    if (kind === 0 && body === null) body = readDoc(section);
    else if (kind === 1) readSequence(section.subarray(4), sequences);
    else throw new MalformedMessage(`unexpected OP_MSG section of kind ${kind}`);
  }
  if (body === null) throw new MalformedMessage('OP_MSG without a body');
  const twice = Object.keys(sequences).find((name) => Object.hasOwn(body, name));
  if (twice !== undefined) throw new MalformedMessage(`field '${twice}' is in the body and in a sequence`);
  return Object.assign(body, sequences);
}

function readSequence(bytes: Buffer, sequences: Doc): void {
  const { text: name, end } = cString(bytes, 0);
  if (name === '__proto__' || Object.hasOwn(sequences, name)) throw new MalformedMessage(`bad sequence '${name}'`);
  const docs: Doc[] = [];
  for (let at = end; at < bytes.length; ) {
    const doc = sized(bytes, at);
    docs.push(readDoc(doc, decodeToStore));
    at += doc.length;
  }
  sequences[name] = docs;
}

function readQuery(message: Buffer, requestId: number): Request {
  const { text: namespace, end } = cString(message, HEADER_BYTES + 4);
  if (!namespace.endsWith('.$cmd')) throw new MalformedMessage(`OP_QUERY on ${namespace}`);
  const body = message.subarray(end + 8);
  return { requestId, legacy: true, moreToCome: false, command: () => readDoc(sized(body, 0)) };
}

function cString(bytes: Buffer, start: number): { text: string; end: number } {
  const zero = bytes.indexOf(0, start);
  if (zero < 0) throw new MalformedMessage('text without an end');
  return { text: bytes.toString('utf8', start, zero), end: zero + 1 };
}

/** The part that starts at a place with its own length. */
function sized(bytes: Buffer, at: number): Buffer {
  const length = at + 4 <= bytes.length ? bytes.readInt32LE(at) : -1;
  if (length < 5 || at + length > bytes.length)
    throw new MalformedMessage('a section or document runs over its message');
  return bytes.subarray(at, at + length);
}

function readDoc(bytes: Buffer, read = decode): Doc {
  try {
    return read(bytes);
  } catch (error) {
    // RangeError: bson reads past the end when lengths lie, or runs out of stack on absurd nesting.
    if (BSONError.isBSONError(error) || error instanceof RangeError)
      throw new MalformedMessage(`bad BSON: ${(error as Error).message}`);
    throw error;
  }
}

/** Writes the answer to a request; `reply` is a document, or one that is already BSON. */
export function writeReply(request: Request, reply: Doc | Uint8Array): Buffer {
  const body = reply instanceof Uint8Array ? reply : encode(reply);
  const head = Buffer.alloc(HEADER_BYTES + (request.legacy ? 20 : 5));
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(request.requestId, 8);
  head.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  // OP_REPLY: flags, cursor and start are zero, one document follows. OP_MSG: no flags, one section of kind 0.
  if (request.legacy) head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, body]);
}
