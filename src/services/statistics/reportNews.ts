import type { Attachment } from '../../delivery/transport.js';
import type { AccountSituation, ReportNews } from '../../domain/emails/conditions.js';
import { type Delivery, eventOf } from '../../domain/emails/delivery.js';
import { ACCESS, type Account } from '../../domain/referrals/access.js';
import { quarterNamed } from '../../domain/statistics/quarters.js';
import type { ReportContent } from '../../domain/statistics/report.js';
import { printReportId } from '../../domain/statistics/reportId.js';
import type { Parts } from '../parts.js';

export type ReportNewsParts = Pick<Parts, 'reportFiles' | 'reports'>;

/** More than that is read in the report. */
const MOST_LINES = 5;

const readsOwnPart = ({ role }: Account): boolean => ACCESS.seeReports[role] === 'own';

/** The file that goes to this reader: the whole, or the part of the own partner. */
const fileFor = (reader: Account, quarter: string): string =>
  printReportId({ quarter, partner: readsOwnPart(reader) ? (reader.partner ?? 'none') : null });

const linesFor = (reader: Account, { changes, partners }: ReportContent): string[] => {
  const own = readsOwnPart(reader) ? (partners.find(({ id }) => id === reader.partner)?.changes ?? []) : changes;
  return own.slice(0, MOST_LINES).map(({ text }) => text);
};

/** What an e-mail about a report says, as things stand now; null for the other e-mails. */
export const reportNews =
  ({ reportFiles, reports }: ReportNewsParts) =>
  async (delivery: Delivery, reader: Account): Promise<ReportNews | null> => {
    if (delivery.email !== 'manager-report-ready' && delivery.email !== 'report-issued') return null;
    const id = eventOf(delivery);
    const report = await reports.byId(id);
    const period = quarterNamed(id).label;
    if (!report) return { id, period, issued: null, lines: [], hasFile: false };
    return {
      id,
      period,
      issued: { by: report.by.name, at: report.issuedAt },
      lines: linesFor(reader, report.content),
      hasFile: (await reportFiles.read(fileFor(reader, id))) !== null,
    };
  };

/** The report as a file, for the e-mail that announces it; nothing when none was made, and for the other e-mails. */
export const reportAttachments = async (
  { reportFiles }: Pick<ReportNewsParts, 'reportFiles'>,
  { account, report }: AccountSituation,
): Promise<Attachment[]> => {
  if (!account || !report?.hasFile) return [];
  const name = fileFor(account, report.id);
  const content = await reportFiles.read(name);
  return content ? [{ name: `rapport-${name}.pdf`, type: 'application/pdf', content }] : [];
};
