import { crc32 } from 'node:zlib';
import { type Doc, decode, encode } from '../values.js';

/** Thrown when what a file holds is not what was written to it. */
export class Damaged extends Error {
  constructor(what: string) {
    super(`The store's file is damaged: ${what}`);
    this.name = 'Damaged';
  }
}

const SEAL_BYTES = 4;

/** BSON with a checksum after it. */
export function seal(bson: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(bson.length + SEAL_BYTES);
  bytes.set(bson);
  bytes.writeUInt32BE(crc32(bson), bson.length);
  return bytes;
}

export const sealDoc = (doc: Doc): Buffer => seal(encode(doc));

/** The BSON of sealed bytes. Errors: Damaged, naming `what` they are. */
export function unseal(bytes: Buffer, what: string): Buffer {
  const bson = bytes.subarray(0, -SEAL_BYTES);
  if (bytes.length <= SEAL_BYTES || bytes.readUInt32BE(bson.length) !== crc32(bson)) throw new Damaged(what);
  return bson;
}

export const unsealDoc = (bytes: Buffer, what: string): Doc => decode(unseal(bytes, what));
