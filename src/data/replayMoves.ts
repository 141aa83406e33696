import { type Connection, Schema } from 'mongoose';
import type { MovedProject } from '../domain/routing/replay.js';
import type { Hold } from './replays.js';

interface MovesRecord {
  _id: string;
  replay: string;
  attempt: number;
  page: number;
  moves: MovedProject[];
}

const schema = new Schema<MovesRecord>(
  {
    _id: { type: String, required: true },
    replay: { type: String, required: true },
    attempt: { type: Number, required: true },
    page: { type: Number, required: true },
    moves: { type: [Object], required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ replay: 1, attempt: 1, page: 1 });

/** The projects that a replay would send elsewhere: ids and partners only, one document a page, pages counted from 1. */
export const replayMovesOn = (connection: Connection) => {
  const model = connection.model('ReplayMoves', schema, 'replaymoves');

  return {
    model,

    /** Writes a page, in the place of what it held. */
    async write({ id, attempt }: Hold, page: number, moves: MovedProject[]): Promise<void> {
      const key = { _id: `${id}:${attempt}:${page}`, replay: id };
      await model.updateOne(key, { $set: { attempt, page, moves } }, { upsert: true });
    },

    async page({ id, attempt }: Hold, page: number): Promise<MovedProject[]> {
      const record = await model.findById(`${id}:${attempt}:${page}`).lean<MovesRecord>();
      return record?.moves ?? [];
    },

    /** Takes away what attempts before this one have written. */
    async forgetBefore({ id, attempt }: Hold): Promise<void> {
      await model.deleteMany({ replay: id, attempt: { $lt: attempt } });
    },
  };
};
