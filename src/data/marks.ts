import { type Connection, Schema } from 'mongoose';

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

  return {
    model,

    async read(name: string): Promise<string | null> {
      return (await model.findById(name).lean<MarkRecord>())?.value ?? null;
    },

    async write(name: string, value: string): Promise<void> {
      await model.updateOne({ _id: name }, { $set: { value } }, { upsert: true });
    },
  };
};
