import { type Connection, Schema } from 'mongoose';
import { ignoreDuplicate } from './records.js';

/** A line of the ledger: one slot of one row of the timetable, from claimed to finished. */
export interface Run {
  /** Of the row of the timetable (jobs/schedules.ts). */
  name: string;
  /** Which of its times: a day in Paris ("2026-12-08"), or a minute ("2026-12-08T07:30Z"). */
  slot: string;
  startedAt: Date;
  /** Null: under way, failed, or left by a worker that died. */
  finishedAt: Date | null;
  /** How many it dealt with. */
  done: number;
  failedBecause: string | null;
  /** How often it was begun. */
  attempts: number;
}
interface RunRecord extends Run {
  _id: string;
  /** Until then a worker answers for it; afterwards another may take it over. */
  lockedUntil: Date | null;
}

const schema = new Schema<RunRecord>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    slot: { type: String, required: true },
    startedAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    done: { type: Number, required: true },
    failedBecause: { type: String, default: null },
    attempts: { type: Number, required: true },
    lockedUntil: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ name: 1, startedAt: -1 });

const fromRecord = ({ _id, lockedUntil: _l, ...rest }: RunRecord): Run => ({ ...rest });

type Slot = Pick<Run, 'name' | 'slot'>;
const idOf = ({ name, slot }: Slot): string => `${name}:${slot}`;

/** The ledger of what runs by itself: each slot of the timetable is done once, whoever comes first. */
export const runsOn = (connection: Connection) => {
  const model = connection.model('Run', schema, 'runs');

  /** Left by a worker that died, or failed: somebody else begins it again. */
  const takeOver = async (slot: Slot, now: Date, lockedUntil: Date): Promise<boolean> => {
    const left = { _id: idOf(slot), finishedAt: null, lockedUntil: { $lte: now } };
    const change = { $set: { startedAt: now, lockedUntil, failedBecause: null }, $inc: { attempts: 1 } };
    return (await model.updateOne(left, change)).modifiedCount === 1;
  };

  return {
    model,

    /** Takes a slot for one run; false when it is finished, or under way elsewhere. */
    async claim(slot: Slot, now: Date, lockedUntil: Date): Promise<boolean> {
      const { name, slot: when } = slot;
      const line = { name, slot: when, startedAt: now, done: 0, attempts: 1, lockedUntil };
      return (await ignoreDuplicate(model.create({ _id: idOf(slot), ...line }))) || takeOver(slot, now, lockedUntil);
    },

    async finish(slot: Slot, { at, done }: { at: Date; done: number }): Promise<void> {
      const change = { finishedAt: at, done, failedBecause: null, lockedUntil: null };
      await model.updateOne({ _id: idOf(slot) }, { $set: change });
    },

    /** It did not come to its end: whoever asks next begins it again. */
    async fail(slot: Slot, { at, because }: { at: Date; because: string }): Promise<void> {
      const change = { failedBecause: because, lockedUntil: at };
      await model.updateOne({ _id: idOf(slot), finishedAt: null }, { $set: change });
    },

    /** Those of these slots that are finished. */
    async finishedAmong(slots: Slot[]): Promise<Slot[]> {
      const ids = slots.map(idOf);
      const rows = await model
        .find({ _id: { $in: ids }, finishedAt: { $ne: null } }, { name: 1, slot: 1 })
        .lean<RunRecord[]>();
      return rows.map(({ name, slot }) => ({ name, slot }));
    },

    /** The last lines of each row, newest first. */
    async latest(each = 5): Promise<Run[]> {
      const names = await model.distinct('name');
      const lines = await Promise.all(
        names.map((name) => model.find({ name }).sort({ startedAt: -1 }).limit(each).lean<RunRecord[]>()),
      );
      return lines
        .flat()
        .map(fromRecord)
        .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
    },

    /** When each of these rows last came to an end; not those that never did. One key read each, in `limit` milliseconds. */
    async lastDone(names: string[], limit: number): Promise<Map<string, Date>> {
      const lines = await Promise.all(
        names.map((name) =>
          model
            .findOne({ name, finishedAt: { $ne: null } }, { name: 1, finishedAt: 1 })
            .sort({ startedAt: -1 })
            .maxTimeMS(limit)
            .lean<RunRecord>(),
        ),
      );
      return new Map(lines.flatMap((line) => (line?.finishedAt ? [[line.name, line.finishedAt]] : [])));
    },

    /** Forgets lines of a row begun before `before`. Gives how many went. */
    async forgetBefore(name: string, before: Date): Promise<number> {
      return (await model.deleteMany({ name, startedAt: { $lt: before } })).deletedCount;
    },
  };
};
