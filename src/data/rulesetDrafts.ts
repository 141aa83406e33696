import { type Connection, Schema } from 'mongoose';
import type { Ruleset } from '../domain/routing/rule.js';
import { ignoreDuplicate } from './records.js';

/** The next version of the rules, on which all managers work together. There is one at most. */
export interface RulesetDraft {
  id: string;
  ruleset: Ruleset;
  /** Number of the published version that it began from. */
  basedOn: number;
  /** Grows by one at each change; every change names the revision that it saw. */
  revision: number;
  startedBy: string;
  startedAt: Date;
  updatedBy: string;
  updatedAt: Date;
}

interface DraftRecord extends Omit<RulesetDraft, 'id'> {
  _id: typeof THE_DRAFT;
  draft: string;
}

/** The key that all drafts share, so that the store holds one at a time. */
const THE_DRAFT = 'draft';

const schema = new Schema<DraftRecord>(
  {
    _id: { type: String, required: true },
    draft: { type: String, required: true },
    ruleset: { type: Object, required: true },
    basedOn: { type: Number, required: true },
    revision: { type: Number, required: true },
    startedBy: { type: String, required: true },
    startedAt: { type: Date, required: true },
    updatedBy: { type: String, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);

const fromRecord = ({ _id, draft: id, ...rest }: DraftRecord): RulesetDraft => ({ id, ...rest });

/** The draft of the rules. */
export const rulesetDraftsOn = (connection: Connection) => {
  const model = connection.model('RulesetDraft', schema, 'rulesetdrafts');

  return {
    model,

    async read(): Promise<RulesetDraft | null> {
      const record = await model.findById(THE_DRAFT).lean<DraftRecord>();
      return record && fromRecord(record);
    },

    /** False when there is a draft already. */
    async start({ id, ...rest }: RulesetDraft): Promise<boolean> {
      return ignoreDuplicate(model.create({ _id: THE_DRAFT, draft: id, ...rest }));
    },

    /** One guarded write, from the revision that was seen. Null: somebody was faster, or the draft is gone. */
    async change(
      seen: { id: string; revision: number },
      change: Pick<RulesetDraft, 'ruleset' | 'updatedBy' | 'updatedAt'>,
    ): Promise<RulesetDraft | null> {
      const record = await model
        .findOneAndUpdate(
          { _id: THE_DRAFT, draft: seen.id, revision: seen.revision },
          { $set: change, $inc: { revision: 1 } },
          { returnDocument: 'after' },
        )
        .lean<DraftRecord>();
      return record && fromRecord(record);
    },

    /** False when the draft has changed since it was seen. */
    async discard(seen: { id: string; revision: number }): Promise<boolean> {
      const filter = { _id: THE_DRAFT, draft: seen.id, revision: seen.revision } as const;
      return (await model.deleteOne(filter)).deletedCount === 1;
    },

    /** Makes what was changed after a publication the draft of the next one. */
    async rebase(seen: { id: string; revision: number }, next: { id: string; basedOn: number }): Promise<void> {
      const filter = { _id: THE_DRAFT, draft: seen.id, revision: seen.revision } as const;
      await model.updateOne(filter, { $set: { draft: next.id, basedOn: next.basedOn } });
    },
  };
};
