import { type Connection, Schema } from 'mongoose';
import type { Channel } from '../domain/questionnaire/channel.js';
import { sameTogether } from './askTogether.js';
import { ignoreDuplicate } from './records.js';

export interface ChannelRecord extends Omit<Channel, 'code'> {
  /** The code. */
  _id: string;
  createdAt: Date;
  /** Account of the manager who made it. */
  by: string;
}

const schema = new Schema<ChannelRecord>(
  {
    _id: { type: String, required: true },
    label: { type: String, required: true },
    kind: { type: String, required: true },
    createdAt: { type: Date, required: true },
    by: { type: String, required: true },
  },
  { versionKey: false },
);
export const NEWEST_CHANNEL = { createdAt: -1, _id: 1 } as const;
schema.index(NEWEST_CHANNEL);

export const asChannel = ({ _id, label, kind }: ChannelRecord): Channel => ({ code: _id, label, kind });

/** Entry links that managers have made. */
export const channelsOn = (connection: Connection) => {
  const model = connection.model('Channel', schema, 'channels');

  return {
    model,

    /** Newest first. */
    all: sameTogether(
      async (): Promise<Channel[]> => (await model.find().sort(NEWEST_CHANNEL).lean<ChannelRecord[]>()).map(asChannel),
    ),

    async byCode(code: string): Promise<Channel | null> {
      const record = await model.findById(code).lean<ChannelRecord>();
      return record && asChannel(record);
    },

    /** False when the code is taken. */
    async insert({ code, ...rest }: Channel, by: string, at: Date): Promise<boolean> {
      return ignoreDuplicate(model.create({ _id: code, ...rest, by, createdAt: at }));
    },

    /** Those that these accounts made. */
    async removeMadeBy(accounts: string[]): Promise<void> {
      await model.deleteMany({ by: { $in: accounts } });
    },

    async remove(code: string): Promise<void> {
      await model.deleteOne({ _id: code });
    },
  };
};
