import type { IssuedReport, ReportLine } from '../../data/reports.js';
import { ACCESS, type Account, may } from '../../domain/referrals/access.js';
import { isOver, lastQuarter, quarterAt, quarterNamed, quartersBefore } from '../../domain/statistics/quarters.js';
import type { ReportContent } from '../../domain/statistics/report.js';
import { parseReportId, type ReportId } from '../../domain/statistics/reportId.js';
import { Forbidden, NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import { type CountReportParts, countReport } from './countReport.js';
import { type RefreshParts, refreshFacts } from './refreshFacts.js';

/** How many quarters back a report may still be issued. */
const QUARTERS_BACK = 4;

export interface ReportToIssue {
  quarter: string;
  label: string;
}

/** The archive, latest quarter first, and what managers may still issue. */
export interface Reports {
  issued: ReportLine[];
  /** Quarters that are over, without a report, latest first; empty for who may not issue. */
  toIssue: ReportToIssue[];
  /** The quarter under way, and its last day. */
  underWay: ReportToIssue & { last: string };
}

const named = (quarter: string): ReportToIssue => ({ quarter, label: quarterNamed(quarter).label });

/** The reports that a reader may open. Throws Forbidden. */
export const listReports =
  ({ clock, projects, reports }: Pick<Parts, 'clock' | 'projects' | 'reports'>) =>
  async (reader: Account): Promise<Reports> => {
    if (!may(reader, 'seeReports')) throw new Forbidden();
    const now = clock();
    const issued = await reports.all();
    const current = quarterAt(now);
    const over = Array.from({ length: QUARTERS_BACK }, (_, back) => quartersBefore(lastQuarter(now), back));
    const missing = over.filter((quarter) => issued.every(({ id }) => id !== quarter));
    const first = may(reader, 'issueReports') ? await projects.firstSubmission() : null;
    return {
      issued,
      toIssue: first ? missing.filter((quarter) => quarter >= quarterAt(first)).map(named) : [],
      underWay: { ...named(current), last: quarterNamed(current).last },
    };
  };

/** The part of one partner, alone. */
const onlyPart = (content: ReportContent, partner: string): ReportContent => {
  const partners = content.partners.filter(({ id }) => id === partner);
  if (partners.length === 0) throw new NotFound('Ce partenaire n’a pas de page dans ce rapport.');
  const nothing = { groups: [], changes: [], tables: [], reasons: [], rules: [], trend: [], flows: {}, places: {} };
  const lacks = { needs: [], untaken: [], unasked: [], silentEpcis: [], epcis: 0 };
  return { ...content, ...nothing, lacks, partners };
};

export interface OpenedReport {
  id: ReportId;
  /** Null for a draft, which is counted now. */
  issued: Pick<IssuedReport, 'issuedAt' | 'by'> | null;
  content: ReportContent;
}

/** What the reader may open of what was asked for: leads have the part of their own partner, whatever they ask. */
const openedBy = (reader: Account, asked: ReportId): ReportId => {
  if (!may(reader, 'seeReports')) throw new Forbidden();
  if (ACCESS.seeReports[reader.role] !== 'own') return asked;
  if (asked.partner !== null && asked.partner !== reader.partner) throw new Forbidden();
  return { ...asked, partner: reader.partner ?? 'none' };
};

/** A report that was issued, or one partner's part. Throws Forbidden, and NotFound when there is none. */
export const readReport =
  ({ reports }: Pick<Parts, 'reports'>) =>
  async (reader: Account, address: string): Promise<OpenedReport> => {
    const asked = parseReportId(address);
    if (!asked) throw new NotFound();
    const id = openedBy(reader, asked);
    const report = await reports.byId(id.quarter);
    if (!report) throw new NotFound('Ce rapport n’est pas encore arrêté.');
    const { content, issuedAt, by } = report;
    return { id, issued: { issuedAt, by }, content: id.partner === null ? content : onlyPart(content, id.partner) };
  };

/** The report of a quarter as it would be today, to read over before it is issued. Throws Forbidden, and NotFound. */
export const draftReport =
  (parts: CountReportParts & RefreshParts) =>
  async (reader: Account, quarter: string): Promise<OpenedReport & { isOver: boolean }> => {
    if (!may(reader, 'issueReports')) throw new Forbidden();
    const now = parts.clock();
    const id = parseReportId(quarter);
    if (!id || id.partner !== null || id.quarter > quarterAt(now)) throw new NotFound();
    await refreshFacts(parts)();
    const content = await countReport(parts)(reader, id.quarter);
    return { id, issued: null, content, isOver: isOver(id.quarter, now) };
  };
