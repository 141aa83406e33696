import type { Model } from 'mongoose';
import { onceTogether, together } from '../together.js';
import { allOf } from './records.js';

/**
 * Reads records by their ids, those that pages under way ask for meanwhile in one statement; null for what is not there, or not
 * as `which` says. `fields`: left out, all. Each answer was read after its question.
 */
export const byIdTogether = <Held extends { _id: string }>(
  model: Pick<Model<Held>, 'collection'>,
  { which = {}, fields = {} }: { which?: object; fields?: Record<string, 1> } = {},
): ((id: string) => Promise<Held | null>) =>
  onceTogether<string, Held | null>(async (ids) => {
    const asked = { _id: { $in: ids }, ...which } as object;
    const records = await allOf(model.collection.find<Held>(asked, { projection: fields }));
    const found = new Map(records.map((record) => [record._id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });

/** Reads lists by the ids of what is on them, all that are asked for meanwhile as one; each in the order of its ids. */
export const listsTogether = <One extends { id: string }>(
  read: (ids: string[]) => Promise<One[]>,
): ((ids: string[]) => Promise<One[]>) => {
  const ask = together<string[], One[]>(async (lists) => {
    const found = new Map((await read([...new Set(lists.flat())])).map((one) => [one.id, one]));
    return lists.map((ids) => [...new Set(ids)].flatMap((id) => found.get(id) ?? []));
  });
  return async (ids) => (ids.length > 0 ? ask(ids) : []);
};

/** Reads what belongs to a project, of all projects that are asked for meanwhile as one; in the order in which it is read. */
export const ofProjectTogether = <Row extends { project: string }>(
  read: (projects: string[]) => Promise<Row[]>,
): ((project: string) => Promise<Row[]>) =>
  onceTogether<string, Row[]>(async (projects) => {
    const rows = new Map<string, Row[]>(projects.map((project) => [project, []]));
    for (const row of await read(projects)) rows.get(row.project)?.push(row);
    return projects.map((project) => rows.get(project) ?? []);
  });

/** What is the same for all who ask: asked once for those of one moment. */
export const sameTogether = <Answer>(ask: () => Promise<Answer>): (() => Promise<Answer>) => {
  const answer = onceTogether<null, Answer>(async () => [await ask()]);
  return () => answer(null);
};

/** A question for each of a few keys, such as partners: they neither wait for one another nor fail together. */
export const eachTogether = <Ask>(askAbout: (key: string) => Ask): ((key: string) => Ask) => {
  const known = new Map<string, Ask>();
  return (key) => {
    const ask = known.get(key) ?? askAbout(key);
    known.set(key, ask);
    return ask;
  };
};
