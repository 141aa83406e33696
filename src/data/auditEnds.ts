import { type Connection, Schema } from 'mongoose';
import type { ChainEnd } from '../domain/audit/chain.js';
import { ignoreDuplicate } from './records.js';

/** `head`: the last line of the audit log. `checkpoint`: the last line that a purge took. */
export type EndName = 'head' | 'checkpoint';

/** `seal`: what only somebody with the desk's secret can write (services/audit/seal.ts). */
export interface SealedEnd extends ChainEnd {
  seal: string;
}
interface EndRecord extends SealedEnd {
  _id: EndName;
}

const schema = new Schema<EndRecord>(
  {
    _id: { type: String, required: true },
    seq: { type: Number, required: true },
    hash: { type: String, required: true },
    seal: { type: String, required: true },
  },
  { versionKey: false },
);

/** Where the audit log begins and ends, kept apart from its lines. */
export const auditEndsOn = (connection: Connection) => {
  const model = connection.model('AuditEnd', schema, 'auditEnds');

  return {
    model,

    async read(name: EndName): Promise<SealedEnd | null> {
      const record = await model.findById(name).lean<EndRecord>();
      return record && { seq: record.seq, hash: record.hash, seal: record.seal };
    },

    /** Moves an end forwards: one that stands further stays. */
    async move(name: EndName, end: SealedEnd): Promise<void> {
      const behind = { _id: name, seq: { $lt: end.seq } };
      await ignoreDuplicate(model.updateOne(behind, { $set: end }, { upsert: true }));
    },
  };
};
