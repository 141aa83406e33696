import { type Connection, Schema } from 'mongoose';
import { secondsOf } from '../domain/privacy/keeps.js';
import { RETENTION } from '../domain/privacy/retention.js';

/** A form half filled in: what one account was writing about one referral. Free text: erasure deletes it. */
export interface NoteDraft {
  account: string;
  referral: string;
  project: string;
  /** Which form: an act, "note" or "message". */
  form: string;
  values: Record<string, string | string[]>;
  updatedAt: Date;
}

interface NoteDraftRecord extends NoteDraft {
  _id: string;
}

const schema = new Schema<NoteDraftRecord>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    referral: { type: String, required: true },
    project: { type: String, required: true, index: true },
    form: { type: String, required: true },
    values: { type: Object, required: true },
    updatedAt: { type: Date, required: true, index: { expires: secondsOf(RETENTION.noteDrafts.keeps) } },
  },
  { versionKey: false, minimize: false },
);
schema.index({ account: 1, referral: 1, form: 1 });

type Whose = Pick<NoteDraft, 'account' | 'referral' | 'form'>;
const idOf = ({ account, referral, form }: Whose): string => JSON.stringify([account, referral, form]);

/** Forms half filled in, kept for 30 days after the last change. */
export const noteDraftsOn = (connection: Connection) => {
  const model = connection.model('NoteDraft', schema, 'noteDrafts');

  return {
    model,

    async save(draft: NoteDraft): Promise<void> {
      await model.updateOne({ _id: idOf(draft) }, { $set: draft }, { upsert: true });
    },

    /** Everything that this account has under way about this referral. */
    async under({ account, referral }: Pick<NoteDraft, 'account' | 'referral'>): Promise<NoteDraft[]> {
      const records = await model.find({ account, referral }).sort({ form: 1 }).lean<NoteDraftRecord[]>();
      return records.map(({ _id, ...draft }) => draft);
    },

    async remove(whose: Whose): Promise<void> {
      await model.deleteOne({ _id: idOf(whose) });
    },

    async removeOfProjects(projects: string[]): Promise<void> {
      await model.deleteMany({ project: { $in: projects } });
    },
  };
};
