import type { Model } from 'mongoose';

/** What tells rows made later from older ones. */
interface Versioned {
  /** How many events made it: events only grow in number. */
  events: number;
  countedAt: Date;
}

const DUPLICATE = 11000;

/** Each row of a batch in the place of its older one: one made from fewer events never replaces it. */
export const keepRows = async <Row extends Versioned & { id: string }>(
  { collection }: Pick<Model<Versioned & { _id: string }>, 'collection'>,
  rows: Row[],
): Promise<void> => {
  if (rows.length === 0) return;
  const writes = rows.map(({ id, ...row }) => ({
    updateOne: { filter: { _id: id, events: { $lte: row.events } }, update: { $set: row }, upsert: true },
  }));
  try {
    // Straight to the driver: mongoose would look up each field of each row in a schema that names none.
    await collection.bulkWrite(writes as never, { ordered: false });
  } catch (error) {
    const { writeErrors = [] } = error as { writeErrors?: { code: number }[] };
    if (writeErrors.length === 0 || writeErrors.some(({ code }) => code !== DUPLICATE)) throw error;
  }
};
