import { type Connection, Schema } from 'mongoose';
import { byIdTogether } from './askTogether.js';
import { ignoreDuplicate } from './records.js';

interface MarkRecord {
  _id: string;
  value: string;
}

const schema = new Schema<MarkRecord>(
  { _id: { type: String, required: true }, value: { type: String, required: true } },
  { versionKey: false },
);

/** Single facts about the store itself, such as what became of the demonstration. */
export const marksOn = (connection: Connection) => {
  const model = connection.model('Mark', schema, 'marks');

  const named = byIdTogether<MarkRecord>(model);

  return {
    model,

    async read(name: string): Promise<string | null> {
      return (await named(name))?.value ?? null;
    },

    async write(name: string, value: string): Promise<void> {
      await model.updateOne({ _id: name }, { $set: { value } }, { upsert: true });
    },

    /** Writes a value over the one that was last written here; false, and nothing, when somebody else wrote meanwhile. */
    async replace(name: string, was: string, value: string): Promise<boolean> {
      return (await model.updateOne({ _id: name, value: was }, { $set: { value } })).matchedCount === 1;
    },

    /** Holds a name until an instant for whoever asks first; false while somebody else holds it. */
    async hold(name: string, now: Date, until: Date): Promise<boolean> {
      const free = { _id: name, value: { $lte: now.toISOString() } };
      return ignoreDuplicate(model.updateOne(free, { $set: { value: until.toISOString() } }, { upsert: true }));
    },
  };
};
