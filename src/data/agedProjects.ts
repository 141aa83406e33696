import type { Model, Schema } from 'mongoose';

interface Held {
  _id: string;
  submittedAt: Date;
  erasedAt: Date | null;
}

/** Where the next page begins. */
export interface AgedPlace {
  at: Date;
  id: string;
}

/** What the purge asks of projects. Part of their repository. */
export const agedProjects = (model: Pick<Model<Held>, 'find'>) => ({
  /** Ids of those sent before an instant and not erased, oldest first, after a place; and the place of the last one. */
  async sentBefore(
    before: Date,
    { after, limit }: { after: AgedPlace | null; limit: number },
  ): Promise<{ ids: string[]; last: AgedPlace | null }> {
    const beyond = after && {
      $or: [{ submittedAt: { $gt: after.at } }, { submittedAt: after.at, _id: { $gt: after.id } }],
    };
    const found = await model
      .find({ erasedAt: null, submittedAt: { $lt: before }, ...beyond }, { submittedAt: 1 })
      .sort({ submittedAt: 1, _id: 1 })
      .limit(limit)
      .lean<Held[]>();
    const last = found.at(-1);
    return { ids: found.map(({ _id }) => _id), last: last ? { at: last.submittedAt, id: last._id } : null };
  },
});

/** What that list reads: nothing of the projects that are erased already. */
export const indexAged = (schema: Pick<Schema, 'index'>): void => {
  schema.index({ erasedAt: 1, submittedAt: 1, _id: 1 });
};
