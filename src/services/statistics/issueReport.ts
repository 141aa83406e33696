import { setTimeout as pause } from 'node:timers/promises';
import type { ReportLine } from '../../data/reports.js';
import { reportIssued } from '../../domain/audit/auditNotes.js';
import { dateInWords } from '../../domain/calendar/words.js';
import { type Account, may } from '../../domain/referrals/access.js';
import { endOf } from '../../domain/statistics/period.js';
import { isOver, isQuarter, quarterNamed } from '../../domain/statistics/quarters.js';
import { printReportId } from '../../domain/statistics/reportId.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import { announceReport } from './announceReport.js';
import { type CountReportParts, countReport } from './countReport.js';
import { countAlone } from './lastCount.js';
import { type OpenedReport, readReport } from './readReports.js';
import { type RefreshParts, refreshAlone } from './refreshFacts.js';

type Needs = CountReportParts &
  RefreshParts &
  Pick<Parts, 'accounts' | 'deliveries' | 'enqueue' | 'note' | 'printPdf' | 'reportFiles' | 'reports'>;

/** Writes a report as a page that can be printed: HTML. */
export type WriteReport = (report: OpenedReport) => Promise<string>;

const already = ({ label, by, issuedAt }: ReportLine): Conflict =>
  new Conflict(`Le rapport du ${label} a déjà été arrêté par ${by.name}, le ${dateInWords(issuedAt)}.`);

/** How often to ask again while somebody else counts, and after how many milliseconds: most counts take less. */
const TRIES = 12;
const PAUSE = 250;

const beingCounted = (): Conflict =>
  new Conflict('Les chiffres de ce trimestre sont en train d’être comptés. Recommencez dans une minute.');

/** Does this on figures that are up to date, while nobody else counts: half of a count made anew must never be kept. */
const onSettledCounts = async <Done>(parts: RefreshParts, work: () => Promise<Done>): Promise<Done> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const done = await countAlone(parts, async () => {
      await refreshAlone(parts);
      return { value: await work() };
    });
    if (done) return done.value;
    await pause(PAUSE);
  }
  throw beingCounted();
};

/** The report as PDF: the file that is kept, or one made now and kept; null when this machine does not print. */
const pdfOf =
  ({ clock, printPdf, reportFiles }: Pick<Needs, 'clock' | 'printPdf' | 'reportFiles'>) =>
  async (report: OpenedReport, write: WriteReport): Promise<Buffer | null> => {
    const id = printReportId(report.id);
    const kept = await reportFiles.read(id);
    if (kept) return kept;
    const bytes = await printPdf(await write(report));
    if (!bytes) return null;
    await reportFiles.keep({ id, report: report.id.quarter, bytes, madeAt: clock() });
    return (await reportFiles.read(id)) ?? bytes;
  };

/**
 * Issues the report of a quarter that is over: its figures are counted now, and never change. Then it is printed, so that the e-mails
 * that announce it carry the file. Throws Forbidden, Invalid before the quarter is over, NotFound for what is no quarter, and
 * Conflict, which says by whom and when, the second time, and while figures are being counted anew.
 */
export const issueReport =
  (parts: Needs) =>
  async (by: Account, quarter: string, write: WriteReport): Promise<void> => {
    const report = await onSettledCounts(parts, () => keepReport(parts)(by, quarter));
    await parts.note(reportIssued(by, quarter));
    await pdfOf(parts)(report, write);
    await announceReport(parts)(quarter);
  };

/** Keeps the report of a quarter that is over for good, as the last count makes it. Throws as `issueReport`. */
export const keepReport =
  (parts: CountReportParts & Pick<Parts, 'reports'>) =>
  async (by: Account, quarter: string): Promise<OpenedReport> => {
    if (!may(by, 'issueReports')) throw new Forbidden();
    if (!isQuarter(quarter)) throw new NotFound();
    const now = parts.clock();
    const { label } = quarterNamed(quarter);
    if (!isOver(quarter, now))
      throw new Invalid(`Le ${label} n’est pas terminé\u00a0: son rapport ne peut pas être arrêté.`);
    const earlier = await parts.reports.lineOf(quarter);
    if (earlier) throw already(earlier);
    const content = await countReport(parts)(by, quarter);
    if (new Date(content.asOf) < endOf(quarterNamed(quarter))) throw beingCounted();
    const issued = { issuedAt: now, by: { id: by.id, name: by.name } };
    if (!(await parts.reports.insert({ id: quarter, ...issued, content }))) {
      const first = await parts.reports.lineOf(quarter);
      throw first ? already(first) : new NotFound();
    }
    return { id: { quarter, partner: null }, issued, content };
  };

/** A report, or one partner's part, as PDF; null when this machine has no browser that prints. Throws as `readReport`. */
export const readReportPdf =
  (parts: Pick<Needs, 'clock' | 'printPdf' | 'reportFiles' | 'reports'>) =>
  async (reader: Account, address: string, write: WriteReport): Promise<{ name: string; pdf: Buffer | null }> => {
    const report = await readReport(parts)(reader, address);
    return { name: `rapport-${printReportId(report.id)}.pdf`, pdf: await pdfOf(parts)(report, write) };
  };
