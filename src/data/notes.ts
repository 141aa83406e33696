import { type Connection, Schema } from 'mongoose';
import { ignoreDuplicate } from './records.js';

/** What the people of one partner write to one another about a project. Free text: erasure deletes it. */
export interface PartnerNote {
  id: string;
  project: string;
  referral: string;
  /** The only partner whose people read it. */
  partner: string;
  author: string;
  at: Date;
  text: string;
}

interface NoteRecord extends Omit<PartnerNote, 'id'> {
  _id: string;
}

const schema = new Schema<NoteRecord>(
  {
    _id: { type: String, required: true },
    project: { type: String, required: true },
    referral: { type: String, required: true },
    partner: { type: String, required: true },
    author: { type: String, required: true },
    at: { type: Date, required: true },
    text: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ project: 1, partner: 1, at: 1, _id: 1 });

const fromRecord = ({ _id, ...rest }: NoteRecord): PartnerNote => ({ id: _id, ...rest });

/** Notes for one partner only. Messages between partners are kept with their referral, in one write with their event. */
export const notesOn = (connection: Connection) => {
  const model = connection.model('Note', schema, 'notes');

  return {
    model,

    /** False when a note of this id is there already. */
    async insert({ id, ...rest }: PartnerNote): Promise<boolean> {
      return ignoreDuplicate(model.create({ _id: id, ...rest }));
    },

    async byId(id: string): Promise<PartnerNote | null> {
      const record = await model.findById(id).lean<NoteRecord>();
      return record && fromRecord(record);
    },

    /** What this partner wrote about this project, first to last. */
    async ofPartner(project: string, partner: string): Promise<PartnerNote[]> {
      const records = await model.find({ project, partner }).sort({ at: 1, _id: 1 }).lean<NoteRecord[]>();
      return records.map(fromRecord);
    },

    async removeOfProjects(projects: string[]): Promise<void> {
      await model.deleteMany({ project: { $in: projects } });
    },
  };
};
