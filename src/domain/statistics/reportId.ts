import { isQuarter } from './quarters.js';

/** What a report's address names: the quarter, and the partner whose part it is; null for the whole. */
export interface ReportId {
  quarter: string;
  partner: string | null;
}

/** "2026-T4", or "2026-T4-inpi" for the part of one partner. */
export const printReportId = ({ quarter, partner }: ReportId): string =>
  partner === null ? quarter : `${quarter}-${partner}`;

/** Null when it names no quarter. */
export const parseReportId = (id: string): ReportId | null => {
  const quarter = id.slice(0, '2026-T4'.length);
  if (!isQuarter(quarter)) return null;
  if (id === quarter) return { quarter, partner: null };
  const partner = /^-([a-z0-9-]+)$/.exec(id.slice(quarter.length))?.[1];
  return partner ? { quarter, partner } : null;
};
