import { localMonth } from '../../domain/calendar/businessTime.js';
import { monthsBetween } from '../../domain/statistics/localDays.js';
import { logger } from '../../logger.js';
import { type CountedMonth, countMonth } from './countMonth.js';
import { changedFacts, deriveFacts } from './deriveFacts.js';
import { countAlone, countedAt } from './lastCount.js';
import { monthsToCount, projectsOf } from './rebuildFacts.js';
import { type RefreshParts, refreshAlone } from './refreshFacts.js';

/** What was held against the events, and what is not as they say. */
export interface Verified {
  projects: number;
  months: number;
  /** Codes only: "project p1", "referral r1", "2026-11 at the end of 2026-12: epci=242100410". */
  differences: string[];
}

/** Rows of a month that are not as the events make them, and rows of projects that are no more. */
const verifyRows = async (parts: RefreshParts, month: string, now: Date, found: Verified): Promise<void> => {
  for await (const projects of projectsOf(parts, month)) {
    const { rows, referrals } = await changedFacts(parts, await deriveFacts(parts, projects, now));
    found.projects += projects.length;
    found.differences.push(...rows.map(({ id }) => `project ${id}`), ...referrals.map(({ id }) => `referral ${id}`));
  }
  for await (const ids of parts.projectFacts.idsOfMonth(month)) {
    const there = await parts.projects.existing(ids);
    found.differences.push(...ids.filter((id) => !there.has(id)).map((id) => `project ${id} is no more`));
  }
};

/** Counts of a month that are not those of its rows, at the end of any month since. */
const verifyCells = async (parts: RefreshParts, month: string, now: Date, found: Verified): Promise<void> => {
  let counted: CountedMonth | null = null;
  for (const until of monthsBetween(month, localMonth(now))) {
    const isSame = counted && (!counted.changesAt || localMonth(counted.changesAt) > until);
    if (!isSame || !counted) counted = await countMonth(parts)(month, until, now);
    const differing = await parts.cells.differences(month, until, counted.cells);
    found.differences.push(...differing.map((cell) => `${month} at the end of ${until}: ${cell}`));
  }
};

/**
 * Holds every row and every count that is kept against what the events say, and changes nothing but what a refresh would.
 * Null while somebody else counts.
 */
export const verifyFacts = (parts: RefreshParts) => (): Promise<Verified | null> =>
  countAlone(parts, async () => {
    await refreshAlone(parts);
    const now = (await countedAt(parts)) ?? parts.clock();
    const months = await monthsToCount(parts, now);
    const found: Verified = { projects: 0, months: months.length, differences: [] };
    for (const month of months) {
      await verifyRows(parts, month, now, found);
      await verifyCells(parts, month, now, found);
    }
    return found;
  });

/** Every night: gives how many differences there are, for the ledger, and says them in the log. */
export const verifyNightly = (parts: RefreshParts) => async (): Promise<number> => {
  const { differences = [] } = (await verifyFacts(parts)()) ?? {};
  if (differences.length > 0)
    logger.error({ differences: differences.slice(0, 100), of: differences.length }, 'figures are not what events say');
  return differences.length;
};
