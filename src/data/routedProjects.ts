import type { Model } from 'mongoose';
import type { Project } from '../domain/referrals/referral.js';

/** What a replay of the rules reads of a past project, and nothing else. */
export interface RoutedProject {
  id: string;
  submittedAt: Date;
  facts: Project['facts'];
  outcome: Project['decision']['outcome'];
  main: string | null;
}

interface Row {
  _id: string;
  submittedAt: Date;
  facts: Project['facts'];
  decision: Pick<Project['decision'], 'outcome' | 'main'>;
}

const FIELDS = { submittedAt: 1, facts: 1, 'decision.outcome': 1, 'decision.main': 1 };

/** Past projects page by page, in the order in which they were submitted. Part of the repository of projects. */
export const routedProjects = (model: Pick<Model<Row>, 'countDocuments' | 'find'>) => ({
  countBetween: (from: Date, to: Date): Promise<number> =>
    model.countDocuments({ submittedAt: { $gte: from, $lt: to } }),

  /** At most `limit` projects submitted before `to` and from `from` on, after the last of the page before. */
  async routedPage(
    { from, to, after }: { from: Date; to: Date; after: Pick<RoutedProject, 'id' | 'submittedAt'> | null },
    limit: number,
  ): Promise<RoutedProject[]> {
    const start = after?.submittedAt ?? from;
    const beyond = after && { $or: [{ submittedAt: { $gt: start } }, { _id: { $gt: after.id } }] };
    const rows = await model
      .find({ submittedAt: { $gte: start, $lt: to }, ...beyond }, FIELDS)
      .sort({ submittedAt: 1, _id: 1 })
      .limit(limit)
      .lean<Row[]>();
    return rows.map(({ _id: id, submittedAt, facts, decision }) => ({ id, submittedAt, facts, ...decision }));
  },
});
