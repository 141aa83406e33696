import type { Model } from 'mongoose';
import type { Channel } from '../domain/questionnaire/channel.js';
import type { Account } from '../domain/referrals/access.js';
import { onceTogether } from '../together.js';
import { type AccountRecord, fromRecord as asAccount, teamAt } from './accountRecord.js';
import { eachTogether } from './askTogether.js';
import { asChannel, type ChannelRecord, NEWEST_CHANNEL } from './channels.js';
import { allOf } from './records.js';
import type { ReferralRecord } from './referralRecord.js';
import { asView, type SavedView, type ViewRecord } from './savedViews.js';

/** What a page of a queue shows beside its rows. */
export interface AroundQueue {
  /** When anything last happened in the queue; null while nothing has come. */
  changedAt: Date | null;
  /** The partner's advisors and leads in use, in the order of their ids. */
  people: Account[];
  /** Newest first. */
  channels: Channel[];
  /** The reader's own, by name. */
  views: SavedView[];
}

type Row =
  | (Pick<ReferralRecord, 'changedAt'> & { of: 'queue' })
  | (AccountRecord & { of: 'people' })
  | (ChannelRecord & { of: 'channels' })
  | (ViewRecord & { of: 'views' });

const byId = (a: { _id: string }, b: { _id: string }): number => (a._id < b._id ? -1 : 1);
const byName = (a: ViewRecord, b: ViewRecord): number => (a.name < b.name ? -1 : 1);
const newestFirst = (a: ChannelRecord, b: ChannelRecord): number =>
  b.createdAt.getTime() - a.createdAt.getTime() || byId(a, b);

/** The fields of one collection, told apart from those of the others. */
const fieldsOf = (of: Row['of'], ...fields: string[]) => ({
  $project: { ...Object.fromEntries(fields.map((field) => [field, 1])), of: { $literal: of } },
});

const shownTo = (account: string, rows: Row[]): AroundQueue => ({
  changedAt: rows.find((row) => row.of === 'queue')?.changedAt ?? null,
  people: rows
    .filter((row) => row.of === 'people')
    .sort(byId)
    .map(asAccount),
  channels: rows
    .filter((row) => row.of === 'channels')
    .sort(newestFirst)
    .map(asChannel),
  views: rows
    .filter((row) => row.of === 'views')
    .filter((view) => view.account === account)
    .sort(byName)
    .map(asView),
});

/** Part of the repository of referrals. */
export const aroundQueue = (model: Pick<Model<ReferralRecord>, 'collection'>) => {
  /**
   * All that is around the rows of a partner's queue for these accounts: four small reads in one statement, `changedAt` first.
   * In no order: what is united comes in any.
   */
  const rowsAround = (partner: string, accounts: string[]): Promise<Row[]> => {
    const people = [{ $match: teamAt(partner) }, fieldsOf('people', 'name', 'email', 'role', 'partner')];
    const channels = [{ $sort: NEWEST_CHANNEL }, fieldsOf('channels', 'label', 'kind', 'createdAt')];
    const own = { $match: { account: { $in: accounts } } };
    const views = [own, fieldsOf('views', 'account', 'name', 'query')];
    const asked = [
      { $match: { partner } },
      { $sort: { changedAt: -1 } },
      { $limit: 1 },
      fieldsOf('queue', 'changedAt'),
      { $unionWith: { coll: 'accounts', pipeline: people } },
      { $unionWith: { coll: 'channels', pipeline: channels } },
      { $unionWith: { coll: 'savedViews', pipeline: views } },
    ];
    return allOf(model.collection.aggregate<Row>(asked));
  };

  const at = eachTogether((partner) =>
    onceTogether<string, AroundQueue>(async (accounts) => {
      const rows = await rowsAround(partner, accounts);
      return accounts.map((account) => shownTo(account, rows));
    }),
  );

  return {
    /** What is around the rows of a partner's queue for this account; asked together with what its colleagues ask. */
    around: (partner: string, account: string): Promise<AroundQueue> => at(partner)(account),
  };
};
