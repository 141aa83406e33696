import type { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import { rank } from '../compare.js';
import type { Doc } from '../values.js';
import { type ByteWriter, startWriting } from './byteWriter.js';
import { skipNumber, writeNumber } from './numberBytes.js';

/**
 * Values as bytes that sort as `compare` sorts the values, and are the same exactly when it holds them equal. No value's bytes
 * begin another's, so that the bytes of several columns may follow each other. The first byte tells the type; a string ends
 * with 00 01, and a zero within it is written 00 FF; what an object or array holds ends with 00.
 */
const END = 0;
const STRING_END = 1;
const ZERO = 0xff;

/** The byte that the values of a type begin with: MinKey has the least, and none has 0 or 255. */
export const typeByte = (typeRank: number): number => typeRank + 2;

export function keyBytes(value: unknown): Buffer {
  const writer = startWriting();
  writeKey(writer, value);
  return writer.bytes();
}

export function writeKey(writer: ByteWriter, value: unknown): void {
  const type = rank(value);
  writer.byte(typeByte(type));
  writeContent(writer, type, value);
}

const WRITE: Record<number, (writer: ByteWriter, value: unknown) => void> = {
  10: writeNumber,
  15: (writer, value) => writeString(writer, String(value)),
  20: (writer, value) => writeFields(writer, value as Doc),
  25: (writer, value) => {
    for (const element of value as unknown[]) writeKey(writer, element);
    writer.byte(END);
  },
  30: (writer, value) => writeBinary(writer, value as Binary),
  35: (writer, value) => writer.append((value as ObjectId).id),
  40: (writer, value) => writer.byte(value === true ? 1 : 0),
  45: (writer, value) => writer.double(Number(value)),
  47: (writer, value) => writer.unsigned64((value as Timestamp).toBigInt()),
  50: (writer, value) => {
    writeString(writer, (value as BSONRegExp).pattern);
    writeString(writer, (value as BSONRegExp).options);
  },
  60: (writer, value) => writeString(writer, (value as Code).code.toString()),
};

function writeContent(writer: ByteWriter, type: number, value: unknown): void {
  WRITE[type]?.(writer, value);
}

/** Field by field: the type of the value first, then the name, then the value. */
function writeFields(writer: ByteWriter, doc: Doc): void {
  for (const name of Object.keys(doc)) {
    const type = rank(doc[name]);
    writer.byte(typeByte(type));
    writeString(writer, name);
    writeContent(writer, type, doc[name]);
  }
  writer.byte(END);
}

function writeBinary(writer: ByteWriter, value: Binary): void {
  const bytes = value.value();
  writer.unsigned32(bytes.length);
  writer.byte(value.sub_type);
  writer.append(bytes);
}

function writeString(writer: ByteWriter, text: string): void {
  let rest = text;
  for (let zero = rest.indexOf('\0'); zero >= 0; zero = rest.indexOf('\0')) {
    writer.text(rest.slice(0, zero));
    writer.byte(END);
    writer.byte(ZERO);
    rest = rest.slice(zero + 1);
  }
  writer.text(rest);
  writer.byte(END);
  writer.byte(STRING_END);
}

/**
 * Where the value that starts at a place ends; beyond the bytes when these were cut.
 * @param mask 0, or 255 where each byte is inverted
 */
export function skipKey(bytes: Buffer, at: number, mask: number): number {
  return skipContent(bytes, at + 1, (bytes[at]! ^ mask) - 2, mask);
}

function skipContent(bytes: Buffer, at: number, type: number, mask: number): number {
  switch (type) {
    case 10:
      return skipNumber(bytes, at, mask);
    case 15:
    case 60:
      return skipString(bytes, at, mask);
    case 20:
      return skipFields(bytes, at, mask);
    case 25:
      return skipElements(bytes, at, mask);
    case 30:
      return at + 5 + (at + 4 > bytes.length ? 0 : (bytes.readUInt32BE(at) ^ (mask === 0 ? 0 : -1)) >>> 0);
    case 35:
      return at + 12;
    case 40:
      return at + 1;
    case 45:
    case 47:
      return at + 8;
    case 50:
      return skipString(bytes, skipString(bytes, at, mask), mask);
    default:
      return at;
  }
}

function skipString(bytes: Buffer, start: number, mask: number): number {
  for (let at = bytes.indexOf(END ^ mask, start); at >= 0; at = bytes.indexOf(END ^ mask, at + 2)) {
    if (at + 1 < bytes.length && (bytes[at + 1]! ^ mask) === STRING_END) return at + 2;
  }
  return bytes.length + 1;
}

function skipElements(bytes: Buffer, start: number, mask: number): number {
  let at = start;
  while (at < bytes.length && (bytes[at]! ^ mask) !== END) at = skipKey(bytes, at, mask);
  return at + 1;
}

function skipFields(bytes: Buffer, start: number, mask: number): number {
  let at = start;
  while (at < bytes.length && (bytes[at]! ^ mask) !== END) {
    at = skipContent(bytes, skipString(bytes, at + 1, mask), (bytes[at]! ^ mask) - 2, mask);
  }
  return at + 1;
}
