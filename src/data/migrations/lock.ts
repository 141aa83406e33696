import { type Connection, Schema } from 'mongoose';
import { ignoreDuplicate } from '../records.js';

interface LockRecord {
  _id: string;
  owner: string;
  /** Goes up as long as its owner lives. */
  beat: number;
}
type Seen = Pick<LockRecord, 'owner' | 'beat'>;

const schema = new Schema<LockRecord>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    beat: { type: Number, required: true },
  },
  { versionKey: false },
);

const ID = 'migrations';

/**
 * Who migrates now. No clock is compared with another: the owner makes `beat` go up, and whoever has watched it stand
 * still for long enough, by its own watch, takes the lock over; a guarded write, so that only one does.
 */
export const migrationLockOn = (connection: Connection) => {
  const model = connection.model('MigrationLock', schema, 'migrationLocks');

  return {
    model,

    /** False when somebody has it. */
    take: (owner: string): Promise<boolean> => ignoreDuplicate(model.create({ _id: ID, owner, beat: 0 })),

    /** Null: nobody has it. */
    see: (): Promise<Seen | null> => model.findById(ID, { owner: 1, beat: 1 }).lean<LockRecord>().exec(),

    /** Takes it from an owner that has not moved since it was seen. */
    async takeOver({ owner, beat }: Seen, by: string): Promise<boolean> {
      const moved = await model.updateOne({ _id: ID, owner, beat }, { $set: { owner: by }, $inc: { beat: 1 } });
      return moved.modifiedCount === 1;
    },

    /** Shows that the owner lives; false when it is the owner no more. */
    async beat(owner: string): Promise<boolean> {
      return (await model.updateOne({ _id: ID, owner }, { $inc: { beat: 1 } })).modifiedCount === 1;
    },

    async letGo(owner: string): Promise<void> {
      await model.deleteOne({ _id: ID, owner });
    },
  };
};
