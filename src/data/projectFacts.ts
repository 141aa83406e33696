import { type Connection, type QueryFilter, Schema } from 'mongoose';
import type { Dimension, Selected } from '../domain/statistics/cells.js';
import type { KeptFacts } from '../domain/statistics/keptFacts.js';
import type { MeasureId } from '../domain/statistics/measures.js';
import { inStoreBatches } from './inStoreBatches.js';
import { keepRows } from './keepRows.js';
import { inBatches } from './records.js';

export type { KeptFacts } from '../domain/statistics/keptFacts.js';

interface FactsRecord extends Omit<KeptFacts, 'id'> {
  _id: string;
}

/** Projects of these months, without advertisements: all, or those that a figure counts (kpis.ts, `of` or `over`). */
export interface FactsQuery {
  /** First and last month of submission. */
  from: string;
  to: string;
  selected: Selected[];
  measure?: MeasureId;
}

/** Where a page ends, and the next one begins. */
export interface FactsPlace {
  day: string;
  id: string;
}

/** Rows read at a time by whoever reads them all. */
const BATCH = 500;

const schema = new Schema<FactsRecord>(
  { _id: { type: String, required: true } },
  { versionKey: false, minimize: false, strict: false },
);
schema.index({ month: 1, _id: 1 });
schema.index({ turnsAt: 1 });
schema.index({ counts: 1, day: -1, _id: -1 });
schema.index({ currentPartner: 1, day: -1, _id: -1 });
schema.index({ declinedBy: 1, day: -1, _id: -1 });
schema.index({ reroutedBy: 1, day: -1, _id: -1 });
schema.index({ epci: 1, day: -1, _id: -1 });
schema.index({ mainNeed: 1, day: -1, _id: -1 });

const fromRecord = ({ _id, ...rest }: FactsRecord): KeptFacts => ({ id: _id, ...rest });

type Filter = QueryFilter<FactsRecord>;

/** Refusals and reroutes are those of the partner that made them, wherever the project is now (cells.ts). */
const fieldOf = (dimension: Dimension, measure: MeasureId): keyof KeptFacts => {
  if (dimension === 'need') return 'mainNeed';
  if (dimension !== 'partner') return dimension;
  if (measure === 'declined') return 'declinedBy';
  return measure === 'rerouted' ? 'reroutedBy' : 'currentPartner';
};

const filterOf = ({ from, to, selected, measure = 'submitted' }: FactsQuery): Filter => {
  const narrowed = selected.map(({ dimension, values }) => [
    fieldOf(dimension, measure),
    { $in: values.map((value) => value || null) },
  ]);
  return { counts: measure, day: { $gte: `${from}-01`, $lte: `${to}-31` }, ...Object.fromEntries(narrowed) };
};

/** What comes after a place: the bound of the day is where an index is entered, however far down. */
const after = ({ from }: FactsQuery, { day, id }: FactsPlace): Filter => ({
  day: { $gte: `${from}-01`, $lte: day },
  $or: [{ day: { $lt: day } }, { _id: { $lt: id } }],
});

/** One flat row a project, for lists behind figures and for exports. Made from events only (services/statistics). */
export const projectFactsOn = (connection: Connection) => {
  const model = connection.model('ProjectFacts', schema, 'projectfacts');

  /** Newest first. `next`: where the next page begins; null at the end. */
  const page = async (
    query: FactsQuery,
    place: FactsPlace | null = null,
    limit = 50,
  ): Promise<{ rows: KeptFacts[]; next: FactsPlace | null }> => {
    const filter = { ...filterOf(query), ...(place && after(query, place)) };
    const records = await model
      .find(filter)
      .sort({ day: -1, _id: -1 })
      .limit(limit + 1)
      .lean<FactsRecord[]>();
    const rows = records.slice(0, limit).map(fromRecord);
    const last = rows.at(-1);
    return { rows, next: records.length > limit && last ? { day: last.day, id: last.id } : null };
  };

  return {
    model,
    page,

    /** How many rows a query has. */
    async count(query: FactsQuery): Promise<number> {
      return model.countDocuments(filterOf(query));
    },

    /** Every row of a query, newest first, by batches: memory does not grow with how many there are. */
    async *stream(query: FactsQuery): AsyncGenerator<Omit<KeptFacts, 'id'>[]> {
      yield* inStoreBatches(model, filterOf(query), { sort: { day: -1, _id: -1 }, batchSize: BATCH });
    },

    async byIds(ids: string[]): Promise<KeptFacts[]> {
      return (await model.find({ _id: { $in: ids } }).lean<FactsRecord[]>()).map(fromRecord);
    },

    /** Every row of a month, also of advertisements, by batches. */
    async *ofMonth(month: string): AsyncGenerator<KeptFacts[]> {
      let last = '';
      do {
        const records: FactsRecord[] = await model
          .find({ month, _id: { $gt: last } })
          .sort({ _id: 1 })
          .limit(BATCH)
          .lean<FactsRecord[]>();
        yield records.map(fromRecord);
        last = records.length === BATCH ? (records.at(-1)?._id ?? '') : '';
      } while (last);
    },

    /** The projects that a month has rows of, by batches. */
    async *idsOfMonth(month: string): AsyncGenerator<string[]> {
      const cursor = model
        .find({ month }, { _id: 1 })
        .sort({ _id: 1 })
        .lean<Pick<FactsRecord, '_id'>[]>()
        .cursor({ batchSize: BATCH });
      yield* inBatches(cursor, ({ _id }: Pick<FactsRecord, '_id'>) => _id, BATCH);
    },

    /** The projects of which time alone has changed what is counted, by batches. */
    async *turnedBefore(now: Date): AsyncGenerator<string[]> {
      const cursor = model
        .find({ turnsAt: { $lt: now } }, { _id: 1 })
        .lean<Pick<FactsRecord, '_id'>[]>()
        .cursor({ batchSize: BATCH });
      yield* inBatches(cursor, ({ _id }: Pick<FactsRecord, '_id'>) => _id, BATCH);
    },

    /** Each in the place of its older row. */
    keep: (rows: KeptFacts[]): Promise<void> => keepRows(model as never, rows),

    async removeOfProjects(projects: string[]): Promise<void> {
      await model.deleteMany({ _id: { $in: projects } });
    },
  };
};
