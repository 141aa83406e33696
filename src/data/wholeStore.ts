import type { Connection } from 'mongoose';

/** A record as it is, whatever its collection. */
export type AnyRecord = Record<string, unknown> & { _id: unknown };

const BATCH = 500;
/** What a store says of itself: an empty one has it too. */
const OF_THE_STORE = ['migrations', 'migrationLocks'];

/** A store as a whole, for whoever copies it: collections by their names, records as they are. */
export const wholeStore = (connection: Connection) => ({
  /** Collections in which there is something, beside which migrations the store has had. */
  async filled(): Promise<string[]> {
    const names = (await connection.listCollections())
      .map(({ name }) => name)
      .filter((name) => !OF_THE_STORE.includes(name))
      .sort();
    const records = await Promise.all(names.map((name) => connection.collection(name).findOne({})));
    return names.filter((_, place) => records[place] !== null);
  },

  /** Every record of a collection by batches, in the order of their ids. */
  async *read(name: string): AsyncGenerator<AnyRecord[]> {
    const cursor = connection.collection(name).find({}, { batchSize: BATCH }).sort({ _id: 1 });
    let batch: AnyRecord[] = [];
    for await (const record of cursor) {
      batch.push(record);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  },

  async write(name: string, records: AnyRecord[]): Promise<void> {
    if (records.length > 0) await connection.collection(name).insertMany(records as never);
  },
});
export type WholeStore = ReturnType<typeof wholeStore>;
