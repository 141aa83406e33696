import type { Model } from 'mongoose';
import { COUNTED, type Place } from '../domain/referrals/queueFilters.js';
import type { Project, ProjectEvent, ProjectState, TriageClosing } from '../domain/referrals/referral.js';
import { sameTogether } from './askTogether.js';

/** A project that waits for a person to choose its partner, and since when. */
export interface InTriage {
  project: Project;
  since: Date;
}

interface Held {
  _id: string;
  state: ProjectState;
  submittedAt: Date;
  /** When it came into its state; older records lack it. */
  stateSince?: Date | null;
}

type TriageModel = Pick<Model<Held>, 'countDocuments' | 'find' | 'updateOne'>;

/** What waits in triage, and how it ends there without a partner. Part of the repository of projects. */
export const triageProjects = (model: TriageModel, fromRecord: (record: Held) => Project) => ({
  /** One page, those that have waited longest first, after a place; and the place where the next page goes on. */
  async inTriage({ from, limit }: { from: Place | null; limit: number }) {
    const beyond = from && {
      $or: [{ stateSince: { $gt: from.at } }, { stateSince: from.at, _id: { $gt: from.id } }],
    };
    const found = await model
      .find({ state: 'triage', ...beyond })
      .sort({ stateSince: 1, _id: 1 })
      .limit(limit + 1)
      .lean<Held[]>();
    const rows: InTriage[] = found
      .slice(0, limit)
      .map((record) => ({ project: fromRecord(record), since: record.stateSince ?? record.submittedAt }));
    const last = rows.at(-1);
    const next: Place | null = found.length > limit && last ? { at: last.since, id: last.project.id } : null;
    return { rows, next };
  },

  /** How many wait in triage, COUNTED + 1 when there are more. Reads keys only. */
  countInTriage: sameTogether(
    async (): Promise<number> => model.countDocuments({ state: 'triage' }).limit(COUNTED + 1),
  ),

  /** Ends a project without a partner, from one of these states: one guarded write. False: it stood elsewhere. */
  async closeInTriage(
    { id, from, rank }: { id: string; from: readonly ProjectState[]; rank: number },
    { event, closing }: { event: ProjectEvent; closing: TriageClosing },
  ): Promise<boolean> {
    const guard = { _id: id, state: { $in: from }, stateRank: { $lt: rank }, withdrawnAt: null, erasedAt: null };
    const change = {
      $set: { state: 'closed', stateRank: rank, stateSince: event.at, closing },
      $push: { outbox: event },
    };
    return (await model.updateOne(guard as object, change as object)).modifiedCount === 1;
  },
});
