import { type Connection, Schema } from 'mongoose';

/** A migration in the ledger, from begun to finished. */
interface MigrationRecord {
  /** Of the migration. */
  _id: string;
  startedAt: Date;
  /** Null: under way, failed, or left by a process that died. */
  finishedAt: Date | null;
  /** How often it was begun. */
  attempts: number;
  place: string | null;
  failedBecause: string | null;
}

const schema = new Schema<MigrationRecord>(
  {
    _id: { type: String, required: true },
    startedAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    attempts: { type: Number, required: true },
    place: { type: String, default: null },
    failedBecause: { type: String, default: null },
  },
  { versionKey: false },
);

/** Which migrations this store has had. */
export const migrationLedgerOn = (connection: Connection) => {
  const model = connection.model('Migration', schema, 'migrations');
  const change = async (id: string, set: Partial<MigrationRecord>): Promise<void> => {
    await model.updateOne({ _id: id }, { $set: set });
  };

  return {
    model,

    /** Those of these migrations that are finished. */
    async finished(ids: string[]): Promise<Set<string>> {
      const rows = await model.find({ _id: { $in: ids }, finishedAt: { $ne: null } }, { _id: 1 }).lean();
      return new Set(rows.map(({ _id }) => _id));
    },

    /** Gives how far an earlier attempt came. */
    async begin(id: string, startedAt: Date): Promise<string | null> {
      const begun = { $set: { startedAt, failedBecause: null }, $inc: { attempts: 1 } };
      const row = await model.findOneAndUpdate({ _id: id }, begun, { upsert: true, returnDocument: 'after' }).lean();
      return row?.place ?? null;
    },

    keepPlace: (id: string, place: string) => change(id, { place }),
    finish: (id: string, finishedAt: Date) => change(id, { finishedAt, place: null }),
    fail: (id: string, failedBecause: string) => change(id, { failedBecause }),
  };
};
