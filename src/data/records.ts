import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Model, mongo } from 'mongoose';
import { localDay } from '../domain/calendar/businessTime.js';

/** Random identifier of a record: not guessable, but no secret. */
export const newId = (): string => randomUUID();

/** A secret for an address or a cookie: 256 bits, safe in a URL. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What the store keeps of a secret. SHA-256 is enough: the secrets are random and long. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** What a store says of a second record with a key that must be unique. */
const DUPLICATE = 11_000;

/** Waits for a write with a natural key: true when it wrote, false when the record was there already. */
export const ignoreDuplicate = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE) return false;
    throw error;
  }
};

/**
 * Writes whole records with natural keys, as they are, in one statement; those that were there already are left. Gives the new
 * ones.
 */
export const insertNew = async <Held>(model: Pick<Model<Held>, 'collection'>, records: Held[]): Promise<Held[]> => {
  const [only, ...others] = records;
  if (only === undefined) return [];
  // Of one, the driver makes neither a list nor a measure.
  if (others.length === 0)
    return (await ignoreDuplicate(model.collection.insertOne(only as mongo.Document, { ignoreUndefined: true })))
      ? records
      : [];
  try {
    await model.collection.insertMany(records as mongo.Document[], { ordered: false, ignoreUndefined: true });
    return records;
  } catch (error) {
    const { code: first, writeErrors = [] } = error as {
      code?: number;
      writeErrors?: { code: number; index: number }[];
    };
    const isOfRecords = writeErrors.length > 0 && writeErrors.every(({ code }) => code === DUPLICATE);
    // A store that went away meanwhile refuses no record by name: nothing is known to be there.
    if (first !== DUPLICATE || !isOfRecords) throw error;
    const there = new Set(writeErrors.map(({ index }) => index));
    return records.filter((_, place) => !there.has(place));
  }
};

/**
 * All that a find or an aggregation of the driver gives: for what nearly every page reads, a fifth less work than through
 * Mongoose. Awaited first, as Mongoose gives a promise of the cursor until it is connected.
 */
export const allOf = async <Held>(cursor: Pick<mongo.FindCursor<Held>, 'toArray'>): Promise<Held[]> =>
  (await cursor).toArray();

/** What a cursor gives, each once in its batch. */
export async function* inBatches<Row, Value>(
  rows: AsyncIterable<Row>,
  taken: (row: Row) => Value,
  size: number,
): AsyncGenerator<Value[]> {
  let batch = new Set<Value>();
  for await (const row of rows) {
    batch.add(taken(row));
    if (batch.size < size) continue;
    yield [...batch];
    batch = new Set();
  }
  if (batch.size > 0) yield [...batch];
}

/** Letters and figures that nobody mistakes for one another on the telephone (Crockford's base 32). */
const CLEAR = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A reference to read out: two figures of the year and five signs, "26-K7QF3". Drawn again when it is taken. */
export const newReference = (at: Date): string => {
  const signs = Array.from({ length: 5 }, () => CLEAR[randomInt(CLEAR.length)]);
  return `${localDay(at).slice(2, 4)}-${signs.join('')}`;
};
