import { type Connection, type QueryFilter, Schema } from 'mongoose';
import type { Dimension, Selected } from '../domain/statistics/cells.js';
import type { ProjectFacts } from '../domain/statistics/facts.js';
import type { MeasureId } from '../domain/statistics/measures.js';

/** The facts of a project as they are kept, with what is counted of it now. */
export interface KeptFacts extends ProjectFacts {
  /** What was counted of it at `countedAt`; nothing of an advertisement. */
  counts: MeasureId[];
  /** The next instant at which time alone changes what is counted of it. */
  turnsAt: Date | null;
  /** How many events made this row, and from when on all of them count. */
  events: number;
  lastAt: Date;
  countedAt: Date;
}
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

const after = ({ day, id }: FactsPlace): Filter => ({ $or: [{ day: { $lt: day } }, { day, _id: { $lt: id } }] });

/** One flat row a project, for lists behind figures and for exports. Made from events only (services/statistics). */
export const projectFactsOn = (connection: Connection) => {
  const model = connection.model('ProjectFacts', schema, 'projectfacts');

  /** Newest first. `next`: where the next page begins; null at the end. */
  const page = async (
    query: FactsQuery,
    place: FactsPlace | null = null,
    limit = 50,
  ): Promise<{ rows: KeptFacts[]; next: FactsPlace | null }> => {
    const filter = { ...filterOf(query), ...(place && after(place)) };
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

    /** Every row of a query, newest first, read by batches: memory does not grow with how many there are. */
    async *stream(query: FactsQuery): AsyncGenerator<KeptFacts> {
      let place: FactsPlace | null = null;
      do {
        const { rows, next }: Awaited<ReturnType<typeof page>> = await page(query, place, BATCH);
        yield* rows;
        place = next;
      } while (place);
    },
  };
};
