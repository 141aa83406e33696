import { nextBusinessInstant } from '../../domain/calendar/businessTime.js';
import type { Account } from '../../domain/referrals/access.js';
import { lastQuarter, quartersBefore, settledFrom } from '../../domain/statistics/quarters.js';
import type { Parts } from '../parts.js';
import type { CountReportParts } from '../statistics/countReport.js';
import { keepReport } from '../statistics/issueReport.js';

/** In milliseconds: an hour after opening. */
const HOUR = 3_600_000;

const morningOf = (quarter: string): Date => new Date(nextBusinessInstant(settledFrom(quarter)).getTime() + HOUR);

/**
 * Keeps the report of the last quarter whose projects are no longer followed at `until`, as a manager of the demonstration
 * issued it on the first morning after that. Nobody is written to. The year must have been counted.
 */
export const keepPastReport = async (
  parts: Omit<CountReportParts, 'clock'> & Pick<Parts, 'reports'>,
  by: Account,
  until: Date,
): Promise<void> => {
  const last = lastQuarter(until);
  const quarter = morningOf(last) < until ? last : quartersBefore(last, 1);
  const morning = morningOf(quarter);
  await keepReport({ ...parts, clock: () => morning })(by, quarter);
  await parts.reports.markAnnounced(quarter, morning);
};
