import { type Connection, Schema } from 'mongoose';
import type { Absence } from '../domain/referrals/assignment.js';
import { onceTogether } from '../together.js';
import { ignoreDuplicate } from './records.js';

type Period = Omit<Absence, 'account'>;

/** One record an account, so that two people who enter absences at once cannot make two that overlap. */
interface AbsencesRecord {
  _id: string;
  partner: string;
  version: number;
  periods: Period[];
}

const schema = new Schema<AbsencesRecord>(
  {
    _id: { type: String, required: true },
    partner: { type: String, required: true },
    version: { type: Number, required: true },
    periods: { type: [Object], required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ partner: 1, _id: 1 });
schema.index({ 'periods.to': 1 });

const fromRecord = ({ _id, periods }: AbsencesRecord): Absence[] =>
  periods.map((period) => ({ ...period, account: _id }));

const soonestFirst = (records: AbsencesRecord[]): Absence[] =>
  records.flatMap(fromRecord).sort((a, b) => (a.from < b.from ? -1 : 1));

/** When the people of the partners are away. */
export const absencesOn = (connection: Connection) => {
  const model = connection.model('Absence', schema, 'absences');

  return {
    model,

    /** Of everybody at a partner, soonest first. */
    ofPartner: onceTogether<string, Absence[]>(async (partners) => {
      const records = await model
        .find({ partner: { $in: partners } })
        .sort({ _id: 1 })
        .lean<AbsencesRecord[]>();
      return partners.map((partner) => soonestFirst(records.filter((record) => record.partner === partner)));
    }),

    /** Of one account, with the version that a change names; 0 when there never was any. */
    async ofAccount(account: string): Promise<{ version: number; absences: Absence[] }> {
      const record = await model.findById(account).lean<AbsencesRecord>();
      return record ? { version: record.version, absences: fromRecord(record) } : { version: 0, absences: [] };
    },

    /** Replaces the absences of an account: one guarded write, from the version that was seen. False: somebody was faster. */
    async save(account: { id: string; partner: string }, seen: number, absences: Absence[]): Promise<boolean> {
      const periods = absences.map(({ account: _a, ...period }) => period);
      const { id: _id, partner } = account;
      if (seen === 0) return ignoreDuplicate(model.create({ _id, partner, version: 1, periods }));
      const change = { partner, version: seen + 1, periods };
      return (await model.updateOne({ _id, version: seen }, { $set: change })).matchedCount === 1;
    },

    /** Nobody is stood in for by this account any more. */
    async forgetDeputy(account: string, partner: string): Promise<void> {
      for (const { _id, version, periods } of await model.find({ partner }).lean<AbsencesRecord[]>()) {
        if (!periods.some(({ deputy }) => deputy === account)) continue;
        const without = periods.map((period) => (period.deputy === account ? { ...period, deputy: null } : period));
        await model.updateOne({ _id, version }, { $set: { periods: without, version: version + 1 } });
      }
    },

    async removeOf(accounts: string[]): Promise<void> {
      await model.deleteMany({ _id: { $in: accounts } });
    },
  };
};
