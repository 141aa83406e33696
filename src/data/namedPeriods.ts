import { type Connection, Schema } from 'mongoose';
import type { NamedPeriod } from '../domain/statistics/period.js';
import { sameTogether } from './askTogether.js';

interface PeriodRecord extends Omit<NamedPeriod, 'id'> {
  _id: string;
  createdAt: Date;
  /** Account of the manager who named it. */
  by: string;
}

const schema = new Schema<PeriodRecord>(
  {
    _id: { type: String, required: true },
    label: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    createdAt: { type: Date, required: true },
    by: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ from: 1, _id: 1 });

const fromRecord = ({ _id, label, from, to }: PeriodRecord): NamedPeriod => ({ id: _id, label, from, to });

/** Periods that managers have named. */
export const namedPeriodsOn = (connection: Connection) => {
  const model = connection.model('NamedPeriod', schema, 'namedPeriods');

  return {
    model,

    /** The earliest first. */
    all: sameTogether(
      async (): Promise<NamedPeriod[]> =>
        (await model.find().sort({ from: 1, _id: 1 }).lean<PeriodRecord[]>()).map(fromRecord),
    ),

    async insert({ id, ...rest }: NamedPeriod, by: string, at: Date): Promise<void> {
      await model.create({ _id: id, ...rest, by, createdAt: at });
    },

    async remove(id: string): Promise<void> {
      await model.deleteOne({ _id: id });
    },

    /** Those that these accounts named. */
    async removeMadeBy(accounts: string[]): Promise<void> {
      await model.deleteMany({ by: { $in: accounts } });
    },
  };
};
