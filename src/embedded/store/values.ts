import { Binary, BSONRegExp, BSONSymbol, DBRef, Double, deserialize, Int32, serialize } from 'bson';
import { CommandError } from './errors.js';
import { type Asked, MOST_LEVELS, readPlain, tooDeep } from './readBson.js';

/**
 * A document in memory. BSON types are kept apart: a plain number is an int32 when it is an integer that fits, a double
 * otherwise (that is how bson writes it back); a double that looks like an int32 stays a Double, an int64 stays a Long.
 * Stored documents are never changed in place, so cursors and replies may share them.
 */
export type Doc = Record<string, unknown>;

const READ_OPTIONS = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
  validation: { utf8: true },
} as const;

/**
 * Reads one BSON document.
 * Errors: BSONError when the bytes are not BSON; CommandError for what cannot be kept as it is (undefined, __proto__).
 */
export function decode(bytes: Uint8Array): Doc {
  return readPlain(bytes) ?? (normalise(deserialize(bytes, READ_OPTIONS)) as Doc);
}

/** The same, of which at least the fields asked for are read. */
export function decodePart(bytes: Uint8Array, asked: Asked): Doc {
  return readPlain(bytes, asked) ?? decode(bytes);
}

/** The bytes that a document was read from, for those who may write it as it came. */
const origins = new WeakMap<Doc, Uint8Array>();

/** The same, for documents that are likely to be stored. */
export function decodeToStore(bytes: Uint8Array): Doc {
  const doc = decode(bytes);
  origins.set(doc, bytes);
  return doc;
}

/** A document that nobody looks into: it can only be written, as these bytes. */
export function unread(bytes: Uint8Array): Doc {
  const doc: Doc = {};
  origins.set(doc, bytes);
  return doc;
}

/** Writes one BSON document; fields that are undefined are left out. */
export function encode(doc: Doc): Uint8Array {
  return origins.get(doc) ?? serialize(doc, { ignoreUndefined: true });
}

/** Adds fields at the end of a document that is already BSON. */
export function withFields(bytes: Uint8Array, fields: Doc): Uint8Array {
  const whole = Buffer.concat([bytes.subarray(0, -1), encode(fields).subarray(4)]);
  whole.writeInt32LE(whole.length, 0);
  return whole;
}

export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Reads a whole number that a client may send as int32, int64 or double. */
export function integer(value: unknown, what: string): number {
  const number = typeof value === 'number' ? value : Number(value);
  const numeric = typeof value === 'number' || bsonType(value) === 'Double' || bsonType(value) === 'Long';
  if (!numeric || !Number.isSafeInteger(number)) throw new CommandError(14, `${what} must be a whole number`);
  return number;
}

/** The `_bsontype` of a BSON class instance, else undefined. */
export function bsonType(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? (value as { _bsontype?: string })._bsontype : undefined;
}

function fitsInt32(value: number): boolean {
  return Number.isInteger(value) && value >= -0x80000000 && value <= 0x7fffffff && !Object.is(value, -0);
}

function normalise(value: unknown, level = 0): unknown {
  if (typeof value !== 'object' || value === null) {
    // Drivers send null for undefined; a real BSON undefined could not be written back as such.
    if (value === undefined) throw new CommandError(2, 'The BSON type undefined is not served by the embedded store');
    return value;
  }
  if (value instanceof Int32) return value.value;
  if (value instanceof Double) return fitsInt32(value.value) ? value : value.value;
  if (level > MOST_LEVELS) throw tooDeep();
  if (Array.isArray(value)) return value.map((element) => normalise(element, level + 1));
  // Copied, so that a small field does not keep the whole network buffer alive.
  if (value instanceof Binary) return new Binary(Uint8Array.from(value.value()), value.sub_type);
  if (value instanceof BSONSymbol || value instanceof BSONRegExp || value instanceof Date) return value;
  if (value instanceof DBRef) return normaliseDoc(dbRefFields(value), level + 1);
  return isDoc(value) ? normaliseDoc(value, level + 1) : value;
}

function dbRefFields(ref: DBRef): Doc {
  const fields: Doc = { $ref: ref.collection, $id: ref.oid };
  if (ref.db !== undefined) fields['$db'] = ref.db;
  return Object.assign(fields, ref.fields);
}

function normaliseDoc(doc: Doc, level: number): Doc {
  const out: Doc = {};
  for (const key of Object.keys(doc)) {
    if (key === '__proto__')
      throw new CommandError(2, "The field name '__proto__' is not served by the embedded store");
    out[key] = normalise(doc[key], level);
  }
  return out;
}
