import type { Model } from 'mongoose';
import type { ProjectEvent } from '../domain/referrals/referral.js';

interface WithOutbox {
  _id: string;
  /** Events written with the record in one durable write, not yet carried out. */
  outbox: ProjectEvent[];
}

interface CarriedOut {
  id: string;
  event: string;
}

const clearAll = async <Record>(model: Pick<Model<Record>, 'collection'>, carriedOut: CarriedOut[]): Promise<void> => {
  const writes = carriedOut.map(({ id, event }) => ({
    updateOne: { filter: { _id: id as never }, update: { $pull: { outbox: { id: event } } as never } },
  }));
  await model.collection.bulkWrite(writes, { ordered: false });
};

/** What settling needs of a collection whose records carry an outbox. */
export const outboxOf = <Record extends WithOutbox>(
  model: Pick<Model<Record>, 'collection' | 'find' | 'findById' | 'updateOne'>,
) => ({
  /** Events still to be carried out, of one record. */
  async outbox(id: string): Promise<ProjectEvent[]> {
    const record = await model.findById(id, { outbox: 1 }).lean<WithOutbox>();
    return record?.outbox ?? [];
  },

  /** What follows from an event that was carried out is to be carried out again. Done twice, it is there once. */
  async putBack(id: string, event: ProjectEvent): Promise<void> {
    await model.updateOne(
      { _id: id, 'outbox.id': { $ne: event.id } } as object,
      { $push: { outbox: event } } as object,
    );
  },

  async clearFromOutbox(id: string, event: string): Promise<void> {
    await clearAll(model, [{ id, event }]);
  },

  /** The same for several in one write. */
  clearAllFromOutbox: (carriedOut: CarriedOut[]): Promise<void> => clearAll(model, carriedOut),

  /** Ids of records with events left over from before `before`, by a crash between two steps. */
  async withLeftovers(before: Date): Promise<string[]> {
    const rows = await model.find({ 'outbox.at': { $lt: before } } as object, { _id: 1 }).lean<{ _id: string }[]>();
    return rows.map((row) => row._id);
  },
});
