import { Damaged, unseal } from './sealed.js';

/**
 * The keys of the one LMDB database. Each collection and each index has a number, and its keys begin with it: a collection's
 * documents go on with their own number, in order of insertion; an index's entries with the bytes of their values, then the
 * number of the document. Keys that begin with number 0 are the store's own.
 */
const OWN = 0;
const DESCRIPTION = 2;
const COUNT = 3;
const SESSION = 5;
const NUMBER_BYTES = 6;
/** Set in a document's number when the values before it were cut. */
const CUT = 0x80;

const ownKey = (kind: number, id?: number): Buffer =>
  id === undefined ? Buffer.from([0, 0, 0, OWN, kind]) : Buffer.from([0, 0, 0, OWN, kind, ...prefixOf(id)]);

/** Who serves these files. */
export const OWNER = ownKey(0);
/** A collection's description, and how many documents it has. */
export const descriptionKey = (id: number): Buffer => ownKey(DESCRIPTION, id);
export const countKey = (id: number): Buffer => ownKey(COUNT, id);
/** Whether a key is one of these two. */
export const isOfCollection = (key: Buffer): boolean =>
  key.readUInt32BE(0) === OWN && (key[PREFIX_BYTES] === DESCRIPTION || key[PREFIX_BYTES] === COUNT);
/** A collection or index whose keys are still to be removed. */
export const discardedKey = (id: number): Buffer => ownKey(4, id);
/** From just before to just after the keys of a kind. */
export const DESCRIPTIONS = { start: ownKey(DESCRIPTION), end: ownKey(COUNT) };
export const DISCARDED = { start: ownKey(4), end: ownKey(5) };
/** What a client's session wrote last, so that it is not done twice when it comes again. */
export const sessionKey = (session: Uint8Array): Buffer => Buffer.concat([ownKey(SESSION), session]);
export const SESSIONS = { start: ownKey(SESSION), end: ownKey(SESSION + 1) };
export const sessionIn = (key: Buffer): Buffer => key.subarray(PREFIX_BYTES + 1);
export const idIn = (key: Buffer): number => key.readUInt32BE(5);

export const PREFIX_BYTES = 4;

export function prefixOf(id: number): Buffer {
  const prefix = Buffer.allocUnsafe(PREFIX_BYTES);
  prefix.writeUInt32BE(id);
  return prefix;
}

/** All the keys of a collection or index. */
export const rangeOf = (id: number) => ({ start: prefixOf(id), end: prefixOf(id + 1) });

export function docKey(collection: number, no: number): Buffer {
  const key = Buffer.allocUnsafe(PREFIX_BYTES + NUMBER_BYTES);
  key.writeUInt32BE(collection);
  key.writeUIntBE(no, PREFIX_BYTES, NUMBER_BYTES);
  return key;
}

export const numberOfDoc = (key: Buffer): number => key.readUIntBE(key.length - NUMBER_BYTES, NUMBER_BYTES);

/** LMDB takes keys of 1978 bytes; what is longer is cut, which keeps the order of what is left. */
const MOST_BYTES = 1978 - NUMBER_BYTES;

/** One document under one key of an index. */
export interface Entry {
  /** With the index's number before the values, and the document's after them. */
  readonly key: Buffer;
  readonly no: number;
  /** Whether the values go on beyond the key. */
  readonly isCut: boolean;
}

/** @param values the index's number and the bytes of the values */
export function entryKey(values: Buffer, no: number): Buffer {
  const kept = cutToFit(values);
  const key = Buffer.allocUnsafe(kept.length + NUMBER_BYTES);
  kept.copy(key);
  key.writeUIntBE(no, kept.length, NUMBER_BYTES);
  if (kept.length < values.length) key[kept.length] = key[kept.length]! | CUT;
  return key;
}

export const isTooLong = (values: Buffer): boolean => values.length > MOST_BYTES;

export function cutToFit(values: Buffer): Buffer {
  return isTooLong(values) ? values.subarray(0, MOST_BYTES) : values;
}

export function entryOf(key: Buffer): Entry {
  const at = key.length - NUMBER_BYTES;
  const isCut = (key[at]! & CUT) !== 0;
  return { key, no: (key[at]! & ~CUT) * 2 ** 40 + key.readUIntBE(at + 1, NUMBER_BYTES - 1), isCut };
}

/** The values of an entry: its key without the numbers. */
export const valuesIn = (key: Buffer): Buffer => key.subarray(PREFIX_BYTES, key.length - NUMBER_BYTES);

/** An entry's key without the number of the document. */
export const beginningOf = (key: Buffer): Buffer => key.subarray(0, key.length - NUMBER_BYTES);

/** The least bytes that sort after all that begin with these. */
export function following(bytes: Buffer): Buffer {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0xff) length--;
  const next = Buffer.from(bytes.subarray(0, length));
  if (length > 0) next[length - 1] = next[length - 1]! + 1;
  return next;
}

/** Errors: Damaged when a value is not what is kept under such a key. */
export function checkValue(key: Buffer, value: Buffer): void {
  const isOwn = key.length > PREFIX_BYTES && key.readUInt32BE(0) === OWN;
  const [kind] = isOwn ? key.subarray(PREFIX_BYTES) : [];
  if (kind === COUNT) {
    if (value.length !== 8) throw new Damaged('a count of documents');
    return;
  }
  const what = isOwn ? 'what it says of its collections' : `document ${numberOfDoc(key)} of ${key.readUInt32BE(0)}`;
  if (value.length > 0) unseal(value, what);
}
