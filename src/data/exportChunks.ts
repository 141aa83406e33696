import { type Connection, Schema } from 'mongoose';
import type { ExportHold } from './exports.js';

interface ChunkRecord {
  _id: string;
  export: string;
  attempt: number;
  bytes: Buffer;
  /** The store drops it then. */
  expiresAt: Date;
}

const schema = new Schema<ChunkRecord>(
  {
    _id: { type: String, required: true },
    export: { type: String, required: true },
    attempt: { type: Number, required: true },
    bytes: { type: Buffer, required: true },
    expiresAt: { type: Date, required: true, index: { expires: 0 } },
  },
  { versionKey: false },
);
schema.index({ export: 1, attempt: 1 });

/** The bytes of files, in pieces: any web process has them, whichever worker made them. */
export const exportChunksOn = (connection: Connection) => {
  const model = connection.model('ExportChunk', schema, 'exportchunks');
  const idOf = ({ id, attempt }: ExportHold, place: number): string => `${id}:${attempt}:${place}`;

  return {
    model,

    /** Pieces are counted from 0. Written again, one takes the place of what was there. */
    async write(hold: ExportHold, place: number, bytes: Buffer, expiresAt: Date): Promise<void> {
      const { id, attempt } = hold;
      const key = { _id: idOf(hold, place), export: id };
      await model.updateOne(key, { $set: { attempt, bytes, expiresAt } }, { upsert: true });
    },

    /** The pieces of a file, one read at a time. Throws when one is gone. */
    async *read(hold: ExportHold, chunks: number): AsyncGenerator<Uint8Array> {
      for (let place = 0; place < chunks; place += 1) {
        const record = await model.findById(idOf(hold, place));
        if (!record) throw new Error(`piece ${place} of export ${hold.id} is gone`);
        yield record.bytes;
      }
    },

    async removeOf(id: string): Promise<void> {
      await model.deleteMany({ export: id });
    },

    /** Takes away what attempts before this one have written. */
    async forgetBefore({ id, attempt }: ExportHold): Promise<void> {
      await model.deleteMany({ export: id, attempt: { $lt: attempt } });
    },
  };
};
