import { localMonth } from '../../domain/calendar/businessTime.js';
import { addMonths, lastDayOf, monthsBetween } from '../../domain/statistics/localDays.js';
import { endOf, startOf } from '../../domain/statistics/period.js';
import type { Parts } from '../parts.js';
import { countMonth } from './countMonth.js';
import { deriveFacts, keepFacts } from './deriveFacts.js';
import { countAlone, forgetCount, noteCounted } from './lastCount.js';
import type { RefreshParts } from './refreshFacts.js';

const BATCH = 500;

/** Every month from the first project on, and any other that something is kept of. */
export const monthsToCount = async ({ cells, projects }: Pick<Parts, 'cells' | 'projects'>, now: Date) => {
  const oldest = await projects.firstSubmission();
  const months = oldest ? monthsBetween(localMonth(oldest), localMonth(now)) : [];
  return [...new Set([...(await cells.months()), ...months])].sort();
};

/** The counted projects of a month, by batches. */
export const projectsOf = ({ projects }: Pick<Parts, 'projects'>, month: string) => {
  const period = { first: `${month}-01`, last: lastDayOf(month) };
  return projects.countedBetween(startOf(period), endOf(period), BATCH);
};

/** The rows of a month: those that its projects make, and no others. */
const rebuildRows = async (parts: RefreshParts, month: string, now: Date): Promise<void> => {
  const { projectFacts, projects, referralFacts } = parts;
  for await (const some of projectsOf(parts, month)) {
    const facts = await deriveFacts(parts, some, now);
    const ids = some.map(({ id }) => id);
    await keepFacts(parts, facts);
    await referralFacts.removeOfProjects(
      ids,
      facts.referrals.map(({ id }) => id),
    );
  }
  for await (const ids of projectFacts.idsOfMonth(month)) {
    const there = await projects.existing(ids);
    const gone = ids.filter((id) => !there.has(id));
    if (gone.length === 0) continue;
    await projectFacts.removeOfProjects(gone);
    await referralFacts.removeOfProjects(gone);
  }
};

const rebuildMonth = async (parts: RefreshParts, month: string, now: Date): Promise<void> => {
  await rebuildRows(parts, month, now);
  await parts.cells.removeMonth(month);
  let until: string | null = month;
  while (until && until <= localMonth(now)) {
    const { cells, changesAt } = await countMonth(parts)(month, until, now);
    await parts.cells.write(month, until, cells);
    const next = addMonths(until, 1);
    const changes: string | null = changesAt && localMonth(changesAt);
    until = changes && changes > next ? changes : changes && next;
  }
};

/**
 * Makes every row and every count from the events alone, where nobody else may. Gives how many months. Cut short, it leaves
 * months without counts: the last count is forgotten first, so that the next one makes them all anew.
 */
export const rebuildAll = async (parts: RefreshParts): Promise<number> => {
  const now = parts.clock();
  await forgetCount(parts);
  const months = await monthsToCount(parts, now);
  for (const month of months) await rebuildMonth(parts, month, now);
  await noteCounted(parts, now);
  return months.length;
};

/**
 * Makes every row and every count anew, month by month, from the events and from nothing else: also the counts as they stood
 * at the end of each month passed. Gives how many months; null while somebody else counts.
 */
export const rebuildFacts = (parts: RefreshParts) => (): Promise<number | null> =>
  countAlone(parts, () => rebuildAll(parts));

/** After the past itself has changed: all is made anew, by this process, or by whoever counts next. */
export const recountPast = async (parts: RefreshParts): Promise<void> => {
  await forgetCount(parts);
  await rebuildFacts(parts)();
};
