import { type Connection, Schema } from 'mongoose';
import type { Ruleset } from '../domain/routing/rule.js';
import { sameTogether } from './askTogether.js';
import { ignoreDuplicate } from './records.js';

/** A version of the rules that has decided, or decides, where projects go. Never changed once written. */
export interface PublishedRuleset {
  /** 1 for the rules that the code came with, then one more at each publication. */
  number: number;
  /** What decisions keep as `rulesetVersion`. */
  version: string;
  ruleset: Ruleset;
  /** Null for the rules that the code came with. */
  publishedAt: Date | null;
  /** Account of the manager; null for the rules that the code came with. */
  by: string | null;
  note: string;
  /** Number of the version that its draft began from. */
  basedOn: number | null;
  /** Warnings of the checks that the manager passed over, each with the reason. */
  overrides: { check: string; message: string; reason: string }[];
}

interface RulesetRecord extends PublishedRuleset {
  /** The draft that it was published from: one draft never makes two versions. */
  _id: string;
  draftRevision: number;
}

const schema = new Schema<RulesetRecord>(
  {
    _id: { type: String, required: true },
    draftRevision: { type: Number, required: true },
    number: { type: Number, required: true, unique: true },
    version: { type: String, required: true, index: true },
    ruleset: { type: Object, required: true },
    publishedAt: { type: Date, default: null },
    by: { type: String, default: null },
    note: { type: String, default: '' },
    basedOn: { type: Number, default: null },
    overrides: { type: [Object], required: true },
  },
  { versionKey: false, minimize: false },
);

const fromRecord = ({ _id: _d, draftRevision: _r, ...rest }: RulesetRecord): PublishedRuleset => rest;

/** Published versions of the rules. */
export const rulesetsOn = (connection: Connection) => {
  const model = connection.model('Ruleset', schema, 'rulesets');

  return {
    model,

    /** The number of the latest version, read from the index alone; null before the first publication. */
    latestNumber: sameTogether(async (): Promise<number | null> => {
      const record = await model
        .findOne({ number: { $gte: 1 } }, { number: 1 })
        .sort({ number: -1 })
        .lean<RulesetRecord>();
      return record?.number ?? null;
    }),

    async byNumber(number: number): Promise<PublishedRuleset | null> {
      const record = await model.findOne({ number }).lean<RulesetRecord>();
      return record && fromRecord(record);
    },

    async byVersion(version: string): Promise<PublishedRuleset | null> {
      const record = await model.findOne({ version }).lean<RulesetRecord>();
      return record && fromRecord(record);
    },

    /** Every version without its rules, latest first. */
    async history(): Promise<Omit<PublishedRuleset, 'ruleset'>[]> {
      const records = await model.find({}, { ruleset: 0 }).sort({ number: -1 }).lean<RulesetRecord[]>();
      return records.map(fromRecord);
    },

    /** What was published of this draft: the version's number and the draft's revision; null when nothing was. */
    async publishedFrom(draft: string): Promise<{ number: number; revision: number } | null> {
      const record = await model.findById(draft, { number: 1, draftRevision: 1 }).lean<RulesetRecord>();
      return record && { number: record.number, revision: record.draftRevision };
    },

    /** False when this number, or a version of this draft, was there already. */
    async insert(published: PublishedRuleset, draft: { id: string; revision: number }): Promise<boolean> {
      return ignoreDuplicate(model.create({ _id: draft.id, draftRevision: draft.revision, ...published }));
    },
  };
};
