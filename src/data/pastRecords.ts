import type { Connection } from 'mongoose';
import { localDay } from '../domain/calendar/businessTime.js';
import { secondsOf } from '../domain/privacy/keeps.js';
import { type DataClass, RETENTION } from '../domain/privacy/retention.js';

type Filter = Record<string, unknown>;
type Held = { _id: string };

/** What is over of a class, and what becomes of it: it goes, or these fields are emptied. */
interface Past {
  collection: string;
  filter: (before: Date) => Filter;
  empty?: Record<string, unknown>;
}

const since =
  (field: string) =>
  (before: Date): Filter => ({ [field]: { $lt: before } });

const NOT_OWED = { owed: false };

/** In milliseconds. */
const FILES_LAST = secondsOf(RETENTION.exportFiles.keeps) * 1000;

/** Classes of the table of retention (domain/privacy/retention.ts) whose records are told by a date of their own. */
const PAST = {
  drafts: { collection: 'drafts', filter: since('updatedAt') },
  counterDrafts: { collection: 'counterDrafts', filter: since('updatedAt') },
  noteDrafts: { collection: 'noteDrafts', filter: since('updatedAt') },
  received: { collection: 'inbox', filter: since('receivedAt') },
  answersOfServers: {
    collection: 'deliveries',
    filter: (before) => ({
      ...NOT_OWED,
      due: { $lt: before },
      $or: [{ response: { $ne: null } }, { failedBecause: { $ne: null } }],
    }),
    empty: { response: null, failedBecause: null },
  },
  deliveries: { collection: 'deliveries', filter: (before) => ({ ...NOT_OWED, due: { $lt: before } }) },
  links: {
    collection: 'links',
    filter: (before) => ({ $or: [{ expiresAt: { $lt: before } }, { revokedAt: { $gt: new Date(0), $lt: before } }] }),
  },
  exports: { collection: 'exports', filter: since('createdAt') },
  // They hold when they end, not when they began.
  exportFiles: {
    collection: 'exportchunks',
    filter: (before) => ({ expiresAt: { $lt: new Date(before.getTime() + FILES_LAST) } }),
  },
  searches: { collection: 'savedViews', filter: since('savedAt') },
  sessions: { collection: 'sessions', filter: since('startedAt') },
  proofs: { collection: 'purges', filter: since('at') },
} as const satisfies Partial<Record<DataClass, Past>>;
export type DatedClass = keyof typeof PAST;

/** What the nightly purge takes away, a bounded number at a time. */
export const pastRecordsOn = (connection: Connection) => ({
  classes: Object.keys(PAST) as DatedClass[],

  /** Forgets at most `limit` records of a class that began before an instant. Gives how many; done twice, nothing is left. */
  async forget(name: DatedClass, before: Date, limit: number): Promise<number> {
    const { collection, filter, empty }: Past = PAST[name];
    const records = connection.collection<Held>(collection);
    const over = filter(before);
    const found = await records.find(over, { projection: { _id: 1 }, limit }).toArray();
    if (found.length === 0) return 0;
    // Looked at again: what somebody has just gone on with stays.
    const these = { ...over, _id: { $in: found.map(({ _id }) => _id) } };
    if (empty) return (await records.updateMany(these, { $set: empty })).modifiedCount;
    return (await records.deleteMany(these)).deletedCount;
  },

  /** How many of a class that began before an instant are still there. */
  async countOf(name: DatedClass, before: Date): Promise<number> {
    const { collection, filter }: Past = PAST[name];
    return connection.collection<Held>(collection).countDocuments(filter(before));
  },

  /** Replays of the rules asked for before an instant, with the projects that they would move. Gives how many replays. */
  async forgetReplays(before: Date, limit: number): Promise<number> {
    const replays = connection.collection<Held>('replays');
    const over = { createdAt: { $lt: before }, state: { $nin: ['waiting', 'running'] } };
    const found = await replays.find(over, { projection: { _id: 1 }, limit }).toArray();
    const ids = found.map(({ _id }) => _id);
    if (ids.length === 0) return 0;
    await connection.collection<{ replay: string }>('replaymoves').deleteMany({ replay: { $in: ids } });
    return (await replays.deleteMany({ _id: { $in: ids } })).deletedCount;
  },

  /** Absences whose last day was before an instant, of everybody. Gives how many accounts had some. */
  async forgetAbsences(before: Date): Promise<number> {
    const over = { to: { $lt: localDay(before) } };
    const absences = connection.collection<Held>('absences');
    const change = { $pull: { periods: over }, $inc: { version: 1 } } as object;
    return (await absences.updateMany({ periods: { $elemMatch: over } }, change)).modifiedCount;
  },
});
