import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Connection, type QueryFilter, Schema } from 'mongoose';
import { type Cell, DIMENSIONS, type Dimension } from '../domain/statistics/cells.js';
import { emptyTally, type Tally } from '../domain/statistics/tally.js';

/**
 * The counts of one month of submission for one value of one dimension, as they stood at the end of `until`, and at the end
 * of each later month before `next`: what did not change is not written again. What is open is kept as if it had waited since
 * the first opening hour (openingHour.ts), so that time alone changes nothing either. Counts are packed: the store never
 * looks into them, and the codes that they are counted by may hold any sign.
 */
interface CellRecord {
  /** "2026-11:2026-12:epci=242100410" */
  _id: string;
  month: string;
  until: string;
  next: string;
  /** Empty: of all. */
  dimension: Dimension | '';
  value: string;
  /** Of the whole cell; empty when nothing is counted any more. */
  digest: string;
  all: Packed;
  /** By each other dimension, counts and spreads, which breakdowns show; and what else two filters ask for. */
  lines: Partial<Record<Dimension, Packed>>;
  more: Partial<Record<Dimension, Packed>>;
}
type Packed = Buffer | { buffer: Uint8Array } | null;

/** A cell of a month. */
export interface MonthCell extends Cell {
  month: string;
}

/** Which cells: of these months, as they stood at the end of `until`, for these values of a dimension. */
export interface CellsQuery {
  months: string[];
  until: string;
  dimension: Dimension | null;
  values: string[];
  /** What of their lines to read: none, those of breakdowns, or one dimension in full. */
  lines: 'none' | 'breakdowns' | Dimension;
}

/** A cell to write, and what stands in its place. */
interface Placed {
  cell: Omit<CellRecord, 'next'>;
  before: CellRecord | undefined;
}

/** Cells written at a time. */
const AT_A_TIME = 50;

/** After every month: what has not changed since. */
const EVER = '9999-99';

const schema = new Schema<CellRecord>(
  { _id: { type: String, required: true } },
  { versionKey: false, minimize: false, strict: false },
);
schema.index({ dimension: 1, value: 1, month: 1, next: 1, until: 1 });
schema.index({ month: 1, next: 1, until: 1 });

type Counts = { [key: string]: number | Counts };

/** The same counts always give the same text, in whatever order they came. */
const textOf = (counts: Counts): string => {
  const parts = Object.keys(counts)
    .sort()
    .map((key) => {
      const part = counts[key] as number | Counts;
      return `${JSON.stringify(key)}:${typeof part === 'number' ? part : textOf(part)}`;
    });
  return `{${parts.join(',')}}`;
};

const pack = (text: string): Buffer => deflateRawSync(text);

const unpack = <Value>(packed: Packed): Value | null => {
  if (!packed) return null;
  return JSON.parse(inflateRawSync('buffer' in packed && !Buffer.isBuffer(packed) ? packed.buffer : packed).toString());
};

type Lines = Record<string, Tally>;
type Light = Record<string, Pick<Tally, 'counts' | 'spreads'>>;
type More = Record<string, Omit<Tally, 'counts' | 'spreads'>>;

const linesOf = (record: CellRecord): Cell['by'] => {
  const by: Cell['by'] = {};
  for (const dimension of DIMENSIONS) {
    const light = unpack<Light>(record.lines?.[dimension] ?? null);
    const more = unpack<More>(record.more?.[dimension] ?? null);
    if (light)
      by[dimension] = Object.fromEntries(
        Object.entries(light).map(([value, line]) => [value, { ...emptyTally(), ...line, ...more?.[value] }]),
      );
  }
  return by;
};

const fromRecord = (record: CellRecord): MonthCell => ({
  month: record.month,
  dimension: record.dimension || null,
  value: record.value,
  all: unpack<Tally>(record.all) ?? emptyTally(),
  by: linesOf(record),
});

const keyOf = ({ dimension, value }: Pick<CellRecord | Cell, 'dimension' | 'value'>): string =>
  `${dimension ?? ''}=${value}`;

const split = (lines: Lines) => {
  const entries = Object.entries(lines);
  return {
    light: Object.fromEntries(entries.map(([value, { counts, spreads }]) => [value, { counts, spreads }])),
    more: Object.fromEntries(entries.map(([value, { counts: _c, spreads: _s, ...more }]) => [value, more])),
  };
};

/** What is kept of a cell, before it is packed. */
interface Texts {
  all: string;
  lines: [Dimension, string][];
  more: [Dimension, string][];
}

const textsOf = ({ all, by }: Cell): Texts => {
  const cuts = (Object.entries(by) as [Dimension, Lines][])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dimension, lines]) => ({ dimension, ...split(lines) }));
  return {
    all: textOf(all as unknown as Counts),
    lines: cuts.map(({ dimension, light }) => [dimension, textOf(light as unknown as Counts)]),
    more: cuts.map(({ dimension, more }) => [dimension, textOf(more as unknown as Counts)]),
  };
};

const packTexts = ({ all, lines, more }: Texts): Pick<CellRecord, 'all' | 'lines' | 'more'> => {
  const packed = (texts: [Dimension, string][]) =>
    Object.fromEntries(texts.map(([dimension, text]) => [dimension, pack(text)]));
  return { all: pack(all), lines: packed(lines), more: packed(more) };
};

/** What two cells must have in common to be the same. */
const digestOf = ({ all, lines, more }: Texts): string =>
  createHash('sha256')
    .update(JSON.stringify([all, lines, more]))
    .digest('base64url');

const NOTHING: Pick<CellRecord, 'digest' | 'all' | 'lines' | 'more'> = { digest: '', all: null, lines: {}, more: {} };

/** Of two that are there while a newer one is being written, the newer. */
const newestOnly = (records: CellRecord[]): CellRecord[] => {
  const newest = new Map<string, CellRecord>();
  for (const record of records) {
    const key = `${record.month}:${keyOf(record)}`;
    if ((newest.get(key)?.until ?? '') < record.until) newest.set(key, record);
  }
  return [...newest.values()];
};

const fieldsOf = (lines: CellsQuery['lines']): Record<string, 1> => {
  const own = { none: {}, breakdowns: { lines: 1 } } as const;
  const cut = lines === 'none' || lines === 'breakdowns' ? own[lines] : { [`lines.${lines}`]: 1, [`more.${lines}`]: 1 };
  return { month: 1, until: 1, dimension: 1, value: 1, digest: 1, all: 1, ...cut } as Record<string, 1>;
};

/** Counts kept by month (domain/statistics/cells.ts), from which every figure is a sum. */
export const cellsOn = (connection: Connection) => {
  const model = connection.model('Cell', schema, 'cells');

  const standing = (until: string) => ({ until: { $lte: until }, next: { $gt: until } });

  /** What is kept of a month at the end of `until`: until when it was written, and its digest, by key. */
  const kept = async (month: string, until: string): Promise<Map<string, CellRecord>> => {
    const fields = { month: 1, until: 1, next: 1, dimension: 1, value: 1, digest: 1 };
    const records = await model.find({ month, ...standing(until) }, fields).lean<CellRecord[]>();
    return new Map(newestOnly(records).map((record) => [keyOf(record), record]));
  };

  /** Each in the place of what stood there, or after it. The new ones come first: readers take the newer. */
  const putAll = async (cells: Placed[]): Promise<void> => {
    const written = cells.map(({ cell: { _id, ...content }, before }) => ({
      updateOne: { filter: { _id }, update: { $set: { ...content, next: before?.next ?? EVER } }, upsert: true },
    }));
    const ended = cells.flatMap(({ cell, before }) =>
      before && before.until < cell.until
        ? [{ updateOne: { filter: { _id: before._id }, update: { $set: { next: cell.until } } } }]
        : [],
    );
    // Straight to the driver: mongoose would look up each field of each cell in a schema that names none.
    for (const writes of [written, ended])
      for (let from = 0; from < writes.length; from += AT_A_TIME)
        await model.collection.bulkWrite(writes.slice(from, from + AT_A_TIME) as never);
  };

  /** Which cells of a month, as counted now, are not what is kept. */
  const differing = async (month: string, until: string, cells: Cell[]) => {
    const there = await kept(month, until);
    const counted = cells.map((cell) => {
      const texts = textsOf(cell);
      return { key: keyOf(cell), cell, texts, digest: digestOf(texts) };
    });
    const keys = new Set(counted.map(({ key }) => key));
    const changed = counted.filter(({ key, digest }) => there.get(key)?.digest !== digest);
    const gone = [...there].filter(([key, { digest }]) => digest !== '' && !keys.has(key));
    return { there, changed, gone: gone.map(([, record]) => record) };
  };

  return {
    model,

    /** The cells of a query, those that are there. */
    async read({ months, until, dimension, values, lines }: CellsQuery): Promise<MonthCell[]> {
      const filter: QueryFilter<CellRecord> = {
        dimension: dimension ?? '',
        value: { $in: values },
        month: { $in: months },
        ...standing(until),
      };
      const records = await model.find(filter, fieldsOf(lines)).lean<CellRecord[]>();
      return newestOnly(records)
        .filter(({ digest }) => digest !== '')
        .map(fromRecord);
    },

    /** Keeps the cells of a month as they stand at the end of `until`; writes only those that differ. Gives how many. */
    async write(month: string, until: string, cells: Cell[]): Promise<number> {
      const { there, changed, gone } = await differing(month, until, cells);
      const placed = (key: string, content: Omit<CellRecord, '_id' | 'month' | 'until' | 'next'>): Placed => ({
        cell: { _id: `${month}:${until}:${key}`, month, until, ...content },
        before: there.get(key),
      });
      await putAll([
        ...changed.map(({ key, cell: { dimension, value }, texts, digest }) =>
          placed(key, { dimension: dimension ?? '', value, digest, ...packTexts(texts) }),
        ),
        ...gone.map((record) => {
          const { dimension, value } = record;
          return placed(keyOf(record), { dimension, value, ...NOTHING });
        }),
      ]);
      return changed.length + gone.length;
    },

    /** Which cells of a month at the end of `until` are not as given: "epci=242100410". */
    async differences(month: string, until: string, cells: Cell[]): Promise<string[]> {
      const { changed, gone } = await differing(month, until, cells);
      return [...changed.map(({ key }) => key), ...gone.map(keyOf)];
    },

    /** Every month that has cells. */
    months: (): Promise<string[]> => model.distinct('month'),

    async removeMonth(month: string): Promise<void> {
      await model.deleteMany({ month });
    },
  };
};
