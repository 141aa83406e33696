import { type Connection, type QueryFilter, Schema } from 'mongoose';
import type { Selected } from '../domain/statistics/cells.js';
import type { ReferralFacts } from '../domain/statistics/referralFacts.js';
import { inStoreBatches } from './inStoreBatches.js';
import { keepRows } from './keepRows.js';

/** The facts of a referral as they are kept. */
export interface KeptReferral extends ReferralFacts {
  events: number;
  countedAt: Date;
}
interface ReferralRecord extends Omit<KeptReferral, 'id'> {
  _id: string;
}

/** Referrals of the projects submitted in these months. */
export interface ReferralsQuery {
  /** First and last month. */
  from: string;
  to: string;
  selected: Selected[];
}

const BATCH = 500;

const schema = new Schema<ReferralRecord>(
  { _id: { type: String, required: true } },
  { versionKey: false, minimize: false, strict: false },
);
schema.index({ month: 1, _id: 1 });
schema.index({ partner: 1, month: 1, _id: 1 });
schema.index({ project: 1 });

const fromRecord = ({ _id, ...rest }: ReferralRecord): KeptReferral => ({ id: _id, ...rest });

type Filter = QueryFilter<ReferralRecord>;

const filterOf = ({ from, to, selected }: ReferralsQuery): Filter => {
  const narrowed = selected.map(({ dimension, values }) => [
    dimension === 'need' ? 'mainNeed' : dimension,
    { $in: values.map((value) => value || null) },
  ]);
  return { month: { $gte: from, $lte: to }, ...Object.fromEntries(narrowed) };
};

/** One flat row a referral, for exports and for what a partner has received. Made from events only (services/statistics). */
export const referralFactsOn = (connection: Connection) => {
  const model = connection.model('ReferralFacts', schema, 'referralfacts');

  return {
    model,

    /** Every row of a query, by month of submission, by batches: memory does not grow with how many there are. */
    async *stream(query: ReferralsQuery): AsyncGenerator<Omit<KeptReferral, 'id'>[]> {
      yield* inStoreBatches(model, filterOf(query), { sort: { month: 1, _id: 1 }, batchSize: BATCH });
    },

    /** How many rows a query has. */
    async count(query: ReferralsQuery): Promise<number> {
      return model.countDocuments(filterOf(query));
    },

    async ofProjects(projects: string[]): Promise<KeptReferral[]> {
      return (await model.find({ project: { $in: projects } }).lean<ReferralRecord[]>()).map(fromRecord);
    },

    /** Each in the place of its older row. */
    keep: (rows: KeptReferral[]): Promise<void> => keepRows(model as never, rows),

    /** Takes away the rows of these projects but those named. */
    async removeOfProjects(projects: string[], but: string[] = []): Promise<void> {
      await model.deleteMany({ project: { $in: projects }, _id: { $nin: but } });
    },
  };
};
