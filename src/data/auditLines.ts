import { type Connection, Schema } from 'mongoose';
import type { AuditSearch } from '../domain/audit/auditSearch.js';
import type { AuditLine, ChainEnd } from '../domain/audit/chain.js';
import { inStoreBatches } from './inStoreBatches.js';

interface AuditRecord extends Omit<AuditLine, 'seq'> {
  /** The number of the line: the index of `_id` gives it to one process only. */
  _id: number;
}

const schema = new Schema<AuditRecord>(
  {
    _id: { type: Number, required: true },
    at: { type: Date, required: true },
    act: { type: String, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    about: { type: Object },
    detail: { type: Object },
    previous: { type: String },
    hash: { type: String, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ at: -1, _id: -1 });
schema.index({ act: 1, at: -1, _id: -1 });
schema.index({ 'actor.account': 1, at: -1, _id: -1 });
schema.index({ 'about.id': 1, at: -1, _id: -1 });

const fromRecord = ({ _id, ...rest }: AuditRecord): AuditLine => ({ seq: _id, ...rest });

const COLLECTION = 'auditLines';
const BATCH = 1000;
const NEWEST = { at: -1, _id: -1 } as const;

/** A line in the order of the list: where the next page goes on. */
export type AuditLinePlace = Pick<AuditLine, 'at' | 'seq'>;

const oneOf = (values: string[] | null): unknown => (values?.length === 1 ? values[0] : values && { $in: values });

/** A condition for each thing that is looked for; each begins an index that ends in the order of the list. */
const filterOf = ({ from, until, acts, accounts, about }: AuditSearch, after: AuditLinePlace | null = null) => {
  const since = from && { $gte: from };
  // Behind a line, its place is the later end of the period: a store takes the bounds of a read from one of the two.
  const place = after && (!until || after.at < until) ? after : null;
  const at = place ? {} : { ...since, ...(until && { $lt: until }) };
  return {
    ...(acts && { act: oneOf(acts) }),
    ...(accounts && { 'actor.account': oneOf(accounts) }),
    ...(about && { 'about.id': about }),
    ...(Object.keys(at).length > 0 && { at }),
    ...(place && { $or: [{ at: { ...since, $lt: place.at } }, { at: place.at, _id: { $lt: place.seq } }] }),
  } as Record<string, unknown>;
};

/** The audit log: lines are added behind the last and never changed; a purge takes the oldest. */
export const auditLinesOn = (connection: Connection) => {
  const model = connection.model('AuditLine', schema, COLLECTION);

  return {
    model,

    /** Adds lines in their order, as far as their numbers are free; gives how many were added. */
    async append(lines: AuditLine[]): Promise<number> {
      const records = lines.map(({ seq, ...rest }) => ({ _id: seq, ...rest }));
      try {
        // By the driver itself: one line is written for nearly every page that staff open.
        await connection
          .collection<AuditRecord>(COLLECTION)
          .insertMany(records, { ordered: true, ignoreUndefined: true });
        return lines.length;
      } catch (error) {
        const { code, insertedCount } = error as { code?: number; insertedCount?: number };
        if (code === 11000) return insertedCount ?? 0;
        throw error;
      }
    },

    async last(): Promise<ChainEnd | null> {
      const record = await model.findOne({}, { hash: 1 }).sort({ _id: -1 }).lean<AuditRecord>();
      return record && { seq: record._id, hash: record.hash };
    },

    /** The last line of those, from the oldest on, that were all written before an instant. */
    async lastBefore(before: Date): Promise<ChainEnd | null> {
      const kept = await model
        .findOne({ at: { $gte: before } }, { _id: 1 })
        .sort({ _id: 1 })
        .lean<AuditRecord>();
      const older = kept ? { _id: { $lt: kept._id } } : {};
      const record = await model.findOne(older, { hash: 1 }).sort({ _id: -1 }).lean<AuditRecord>();
      return record && { seq: record._id, hash: record.hash };
    },

    /** What a search finds, newest first, from behind a place on. */
    async find(
      search: AuditSearch,
      { after, limit }: { after: AuditLinePlace | null; limit: number },
    ): Promise<AuditLine[]> {
      const found = await model.find(filterOf(search, after)).sort(NEWEST).limit(limit).lean<AuditRecord[]>();
      return found.map(fromRecord);
    },

    /** The same, all of it, a few at a time. */
    async *findAll(search: AuditSearch): AsyncGenerator<AuditLine[]> {
      const newestFirst = { sort: NEWEST, batchSize: BATCH };
      for await (const records of inStoreBatches<AuditRecord>(model, filterOf(search), newestFirst))
        yield records.map(fromRecord);
    },

    /** Every line by its number, a few at a time. */
    async *walk(): AsyncGenerator<AuditLine> {
      const cursor = model.find().sort({ _id: 1 }).lean<AuditRecord[]>().cursor({ batchSize: BATCH });
      for await (const record of cursor as AsyncIterable<AuditRecord>) yield fromRecord(record);
    },

    /** Gives how many went. */
    async removeUpTo(seq: number): Promise<number> {
      return (await model.deleteMany({ _id: { $lte: seq } })).deletedCount;
    },
  };
};
