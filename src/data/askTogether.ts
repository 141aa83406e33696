import type { Model } from 'mongoose';
import { onceTogether } from '../together.js';

/**
 * Reads records by their ids, those that pages under way ask for meanwhile in one statement; null for what is not there, or not
 * as `which` says. Each answer was read after its question.
 */
export const byIdTogether = <Held extends { _id: string }>(
  model: Pick<Model<Held>, 'find'>,
  which: object = {},
): ((id: string) => Promise<Held | null>) =>
  onceTogether<string, Held | null>(async (ids) => {
    const records = await model.find({ _id: { $in: ids }, ...which } as object).lean<Held[]>();
    const found = new Map(records.map((record) => [record._id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });

/** What is the same for all who ask: asked once for those of one moment. */
export const sameTogether = <Answer>(ask: () => Promise<Answer>): (() => Promise<Answer>) => {
  const answer = onceTogether<null, Answer>(async () => [await ask()]);
  return () => answer(null);
};
