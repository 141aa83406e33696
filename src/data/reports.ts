import { type Connection, Schema } from 'mongoose';
import type { ReportContent } from '../domain/statistics/report.js';
import { ignoreDuplicate } from './records.js';

/** A report that was issued: it never changes. */
export interface IssuedReport {
  /** Of its quarter: "2026-T4". */
  id: string;
  issuedAt: Date;
  /** Id and name of who issued it, as it was. */
  by: { id: string; name: string };
  content: ReportContent;
}
/** One line of the archive. */
export type ReportLine = Omit<IssuedReport, 'content'> & { label: string };

interface ReportRecord extends Omit<IssuedReport, 'id'> {
  _id: string;
  label: string;
  /** When its e-mails were owed; null until then. */
  announcedAt: Date | null;
}

const schema = new Schema<ReportRecord>(
  {
    _id: { type: String, required: true },
    label: { type: String, required: true },
    issuedAt: { type: Date, required: true },
    by: { type: Object, required: true },
    announcedAt: { type: Date, default: null },
    content: { type: Object, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ announcedAt: 1 });

const lineOf = ({ _id, label, issuedAt, by }: Omit<ReportRecord, 'content'>): ReportLine => ({
  id: _id,
  label,
  issuedAt,
  by,
});

/** The committee's reports, from the moment that they are issued. */
export const reportsOn = (connection: Connection) => {
  const model = connection.model('Report', schema, 'reports');

  return {
    model,

    /** False when the quarter has its report already, which stays as it is. */
    async insert({ id, ...rest }: IssuedReport): Promise<boolean> {
      const { label } = rest.content.period;
      return ignoreDuplicate(model.create({ _id: id, label, ...rest, announcedAt: null }));
    },

    async byId(id: string): Promise<IssuedReport | null> {
      const record = await model.findById(id).lean<ReportRecord>();
      return record && { id: record._id, issuedAt: record.issuedAt, by: record.by, content: record.content };
    },

    /** Latest quarter first. */
    async all(): Promise<ReportLine[]> {
      return (await model.find().select('-content').sort({ _id: -1 }).lean<ReportRecord[]>()).map(lineOf);
    },

    async lineOf(id: string): Promise<ReportLine | null> {
      const record = await model.findById(id).select('-content').lean<ReportRecord>();
      return record && lineOf(record);
    },

    /** Issued before an instant, and its e-mails not owed yet. */
    async unannounced(before: Date): Promise<string[]> {
      const filter = { announcedAt: null, issuedAt: { $lte: before } };
      return (await model.find(filter).select('_id').lean<{ _id: string }[]>()).map(({ _id }) => _id);
    },

    async markAnnounced(id: string, at: Date): Promise<void> {
      await model.updateOne({ _id: id, announcedAt: null }, { $set: { announcedAt: at } });
    },

    async idsMadeBy(accounts: string[]): Promise<string[]> {
      const made = await model.find({ 'by.id': { $in: accounts } }, { _id: 1 }).lean<{ _id: string }[]>();
      return made.map(({ _id }) => _id);
    },

    async removeMadeBy(accounts: string[]): Promise<void> {
      await model.deleteMany({ 'by.id': { $in: accounts } });
    },
  };
};
