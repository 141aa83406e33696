import type { Model } from 'mongoose';
import type { CountedProject } from '../domain/referrals/referral.js';
import { inBatches } from './records.js';

interface Row extends Omit<CountedProject, 'id'> {
  _id: string;
}

const FIELDS = {
  reference: 1,
  submittedAt: 1,
  facts: 1,
  channel: 1,
  'decision.outcome': 1,
  'decision.main': 1,
  // Not the conditions: most of a project is what they saw.
  'decision.trace.rule': 1,
  'decision.trace.verdict': 1,
  'decision.trace.partner': 1,
  'decision.trace.role': 1,
  'decision.trace.points': 1,
};

const fromRow = ({ _id: id, channel, ...rest }: Row): CountedProject => ({ id, ...rest, channel: channel ?? null });

/** What statistics read of projects. Part of the repository of projects. */
export const countedProjects = (model: Pick<Model<Row>, 'aggregate' | 'find'>) => ({
  async countedByIds(ids: string[]): Promise<CountedProject[]> {
    return (await model.find({ _id: { $in: ids } }, FIELDS).lean<Row[]>()).map(fromRow);
  },

  /** The projects submitted from `from` on and before `to`, oldest first, by batches. */
  async *countedBetween(from: Date, to: Date, batch: number): AsyncGenerator<CountedProject[]> {
    const cursor = model
      .find({ submittedAt: { $gte: from, $lt: to } }, FIELDS)
      .sort({ submittedAt: 1, _id: 1 })
      .lean<Row[]>()
      .cursor({ batchSize: batch });
    yield* inBatches(cursor as AsyncIterable<Row>, fromRow, batch);
  },

  /** Which of these projects are there. */
  async existing(ids: string[]): Promise<Set<string>> {
    return new Set(
      (await model.find({ _id: { $in: ids } }, { _id: 1 }).lean<Pick<Row, '_id'>[]>()).map(({ _id }) => _id),
    );
  },

  /** When the first project of all came; null when none did. */
  async firstSubmission(): Promise<Date | null> {
    const [first] = await model.find({}, { submittedAt: 1 }).sort({ submittedAt: 1, _id: 1 }).limit(1).lean<Row[]>();
    return first?.submittedAt ?? null;
  },

  /** How many projects came by each entry link, by its code. */
  async countByChannel(): Promise<Map<string, number>> {
    const rows = await model.aggregate<{ _id: string; count: number }>([
      { $match: { channel: { $ne: null } } },
      { $group: { _id: '$channel', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  },
});
