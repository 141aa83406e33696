import type { Connection } from 'mongoose';
import { inBatches } from './records.js';

/** A field read: 1; of a list of records, a path reads that field of each. */
type Fields = Record<string, 1>;
type Filter = Record<string, unknown>;

/** What is read of a collection. `only`: of these ids alone. */
interface Wanted {
  collection: string;
  fields: Fields;
  filter?: Filter;
  only?: readonly string[] | undefined;
}

/** How many records name a project that is not there. */
export interface Stray {
  project: string;
  count: number;
}

/** Records in one read, and ids looked for in one. */
const PAGE = 1000;

/**
 * The store as whoever checks it reads it: whole collections, a page at a time in the order of their ids, each page a read of its
 * own, so that nothing is held open however long it takes.
 */
export const everyRecordOn = (connection: Connection) => {
  const of = (name: string) => connection.collection<{ _id: string }>(name);

  const existing = async (collection: string, ids: readonly string[]): Promise<Set<string>> => {
    const found = await of(collection)
      .find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } })
      .toArray();
    return new Set(found.map(({ _id }) => _id));
  };

  const countNaming = (collection: string, project: object | string): Promise<number> =>
    of(collection).countDocuments({ project } as object);

  const projectsAfter = async (last: string): Promise<string[]> => {
    const found = of('projects').find({ _id: { $gt: last } }, { projection: { _id: 1 } });
    return (await found.sort({ _id: 1 }).limit(PAGE).toArray()).map(({ _id }) => _id);
  };

  /** Walks the index of the projects that are named, as far as they are among these. */
  async function* straysAmong(collection: string, among: Filter): AsyncGenerator<Stray> {
    for (let last = ''; ; ) {
      const named = (await of(collection)
        .find({ $and: [{ project: among }, { project: { $gt: last } }] } as object, {
          projection: { _id: 0, project: 1 },
        })
        .sort({ project: 1 })
        .limit(PAGE)
        .toArray()) as unknown as { project: string }[];
      const ids = [...new Set(named.map(({ project }) => project))];
      const there = await existing('projects', ids);
      for (const project of ids.filter((id) => !there.has(id)))
        yield { project, count: await countNaming(collection, project) };
      const end = ids.at(-1);
      if (named.length < PAGE || end === undefined) return;
      last = end;
    }
  }

  return {
    /** Which of these ids are there. */
    existing,

    /** Pages of the records that are so, in the order of their ids. */
    async *pages<Row extends { _id: string }>(wanted: Wanted, size = PAGE): AsyncGenerator<Row[]> {
      const { collection, fields, filter = {}, only } = wanted;
      const ids = only && [...new Set(only)].sort();
      for (let last = ''; ; ) {
        const range = ids ? { $in: ids.filter((id) => id > last).slice(0, size) } : { $gt: last };
        const page = (await of(collection)
          .find({ ...filter, _id: range } as object, { projection: fields })
          .sort({ _id: 1 })
          .limit(size)
          .toArray()) as unknown as Row[];
        if (page.length > 0) yield page;
        const end = ids ? ids.filter((id) => id > last)[size - 1] : page.length === size && page.at(-1)?._id;
        if (!end) return;
        last = end;
      }
    },

    /** The ids of the records that are so, some at a time, in any order: an index other than that of ids finds each once. */
    async *ids({ collection, filter = {}, only }: Omit<Wanted, 'fields'>): AsyncGenerator<string[]> {
      const asked = { ...filter, ...(only && { _id: { $in: [...only] } }) };
      const found = of(collection).find(asked as object, { projection: { _id: 1 }, batchSize: PAGE });
      yield* inBatches(found, ({ _id }) => _id, PAGE);
    },

    /** Every record of these projects, whatever its id. */
    async ofProjects<Row>(collection: string, projects: readonly string[], fields: Fields): Promise<Row[]> {
      const found = of(collection).find({ project: { $in: [...projects] } } as object, { projection: fields });
      return (await found.toArray()) as unknown as Row[];
    },

    /**
     * The projects that records of this collection name, and that are not there. Two counts tell for each page of projects, from
     * the index alone, whether there is any between them. What is written between the two makes it look more closely; what is
     * removed may hide one until the next time.
     */
    async *strays(collection: string, only?: readonly string[]): AsyncGenerator<Stray> {
      if (only) return yield* straysAmong(collection, { $in: [...only] });
      for (let last = ''; ; ) {
        const ids = await projectsAfter(last);
        const end = ids.length === PAGE ? ids.at(-1) : undefined;
        const between = { $gt: last, ...(end !== undefined && { $lte: end }) };
        const known = await countNaming(collection, { $in: ids });
        if ((await countNaming(collection, between)) > known) yield* straysAmong(collection, between);
        if (end === undefined) return;
        last = end;
      }
    },

    /** Which of these ids are named in a field of some record that is so. */
    async namedIn(collection: string, field: string, ids: readonly string[], filter: Filter): Promise<string[]> {
      const rows = of(collection).find({ ...filter, [field]: { $in: [...ids] } } as object, {
        projection: { _id: 0, [field]: 1 },
      });
      return [...new Set((await rows.toArray()).map((row) => (row as unknown as Record<string, string>)[field] ?? ''))];
    },
  };
};
export type EveryRecord = ReturnType<typeof everyRecordOn>;
