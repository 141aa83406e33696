import { type Connection, Schema } from 'mongoose';
import { newId } from './records.js';

/** A search or filters that somebody comes back to, by a name of their own. */
export interface SavedView {
  id: string;
  name: string;
  /** The end of the queue's address. */
  query: string;
}

export interface ViewRecord extends Omit<SavedView, 'id'> {
  _id: string;
  account: string;
  savedAt: Date;
}

const schema = new Schema<ViewRecord>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    name: { type: String, required: true },
    query: { type: String, default: '' },
    savedAt: { type: Date, required: true, index: true },
  },
  { versionKey: false },
);
schema.index({ account: 1, name: 1 }, { unique: true });

export const asView = ({ _id, name, query }: ViewRecord): SavedView => ({ id: _id, name, query });

/** What each account has saved, to open its queue with. */
export const savedViewsOn = (connection: Connection) => {
  const model = connection.model('SavedView', schema, 'savedViews');

  return {
    model,

    /** By name. */
    async of(account: string): Promise<SavedView[]> {
      const records = await model.find({ account }).sort({ name: 1 }).lean<ViewRecord[]>();
      return records.map(asView);
    },

    /** A view of the same name is replaced. */
    async save(account: string, { name, query }: Omit<SavedView, 'id'>, savedAt: Date): Promise<void> {
      const change = { query, savedAt };
      await model.updateOne({ account, name }, { $set: change, $setOnInsert: { _id: newId() } }, { upsert: true });
    },

    /** Nothing happens to somebody else's. */
    async remove(account: string, id: string): Promise<void> {
      await model.deleteOne({ _id: id, account });
    },

    /** With the accounts of the demonstration go their views. */
    async removeOf(accounts: string[]): Promise<void> {
      await model.deleteMany({ account: { $in: accounts } });
    },
  };
};
