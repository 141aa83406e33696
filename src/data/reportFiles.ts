import { type Connection, Schema } from 'mongoose';
import { ignoreDuplicate } from './records.js';

interface FileRecord {
  _id: string;
  report: string;
  bytes: { buffer: Uint8Array } | Uint8Array;
  madeAt: Date;
}

const schema = new Schema<FileRecord>(
  {
    _id: { type: String, required: true },
    report: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    madeAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ report: 1 });

/** In bytes. A report is far smaller; a document of the store ends at 16 MB. */
const LARGEST = 8_000_000;

/** Reports as PDF, whole or the part of one partner: made once, then given as they are. */
export const reportFilesOn = (connection: Connection) => {
  const model = connection.model('ReportFile', schema, 'reportfiles');

  return {
    model,

    async read(id: string): Promise<Buffer | null> {
      const record = await model.findById(id).lean<FileRecord>();
      if (!record) return null;
      const { bytes } = record;
      return Buffer.from(
        'buffer' in bytes && bytes.buffer instanceof Uint8Array ? bytes.buffer : (bytes as Uint8Array),
      );
    },

    /** The first one stays, so that everybody gets the same file. One that is too large is not kept. */
    async keep({
      id,
      report,
      bytes,
      madeAt,
    }: {
      id: string;
      report: string;
      bytes: Buffer;
      madeAt: Date;
    }): Promise<void> {
      if (bytes.length > LARGEST) return;
      await ignoreDuplicate(model.create({ _id: id, report, bytes, madeAt }));
    },

    async removeOf(reports: string[]): Promise<void> {
      await model.deleteMany({ report: { $in: reports } });
    },
  };
};
