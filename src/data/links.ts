import { type Connection, Schema } from 'mongoose';
import { hashOf, newSecret } from './records.js';

interface LinkRecord {
  /** Hash of the secret that the address holds. */
  _id: string;
  purpose: 'follow-up';
  project: string;
  createdAt: Date;
}

const schema = new Schema<LinkRecord>(
  {
    _id: { type: String, required: true },
    purpose: { type: String, required: true },
    project: { type: String, required: true, index: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false },
);

/** Addresses with a secret in them. The store keeps only the hash of the secret, so a link is made when it is given out. */
export const linksOn = (connection: Connection) => {
  const model = connection.model('Link', schema, 'links');

  return {
    model,

    /** A new secret that opens this project's follow-up page. */
    async create(link: { purpose: 'follow-up'; project: string }, at: Date): Promise<string> {
      const secret = newSecret();
      await model.create({ _id: hashOf(secret), ...link, createdAt: at });
      return secret;
    },

    /** The project that this secret opens, or null. */
    async projectOf(purpose: 'follow-up', secret: string): Promise<string | null> {
      const record = await model.findOne({ _id: hashOf(secret), purpose }).lean<LinkRecord>();
      return record?.project ?? null;
    },

    async removeOfProjects(projects: string[]): Promise<void> {
      await model.deleteMany({ project: { $in: projects } });
    },
  };
};
