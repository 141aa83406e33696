import type { Parts } from '../parts.js';
import { type CountParts, countMonth } from './countMonth.js';
import { changedFacts, deriveFacts, type FactsParts, keepFacts } from './deriveFacts.js';
import { countAlone, countedAt, leftToCount, noteCounted, noteToCount, untilsSince } from './lastCount.js';
import { rebuildAll } from './rebuildFacts.js';

export type RefreshParts = CountParts & FactsParts & Pick<Parts, 'cells' | 'clock' | 'marks'>;

/** Events are read again from so many milliseconds before the last count: clocks differ, and writes take their time. */
const OVERLAP = 5 * 60_000;
const BATCH = 500;

/** Projects to which something happened since, or of which time alone has changed what is counted; some twice. */
async function* toLookAt({ events, projectFacts }: RefreshParts, since: Date, now: Date): AsyncGenerator<string[]> {
  yield* events.projectsSince(new Date(since.getTime() - OVERLAP), BATCH);
  yield* projectFacts.turnedBefore(now);
}

/** Keeps the rows that have changed. Gives the months to count. */
const refreshRows = async (parts: RefreshParts, since: Date, now: Date): Promise<string[]> => {
  const months = new Set(await leftToCount(parts));
  for await (const ids of toLookAt(parts, since, now)) {
    const derived = await deriveFacts(parts, await parts.projects.countedByIds(ids), now);
    const changed = await changedFacts(parts, derived);
    for (const { month } of changed.rows) months.add(month);
    if (changed.rows.length > 0) await noteToCount(parts, months);
    await keepFacts(parts, changed);
  }
  return [...months].sort();
};

/** Brings rows and counts up to this instant, where nobody else may. Gives how many months it counted. */
export const refreshAlone = async (parts: RefreshParts): Promise<number> => {
  const now = parts.clock();
  const since = await countedAt(parts);
  // Counted by a clock that was put back since: what was written down in between would never be read.
  const isFromLater = since && since.getTime() > now.getTime() + OVERLAP;
  if (!since || isFromLater) return rebuildAll(parts);
  const months = await refreshRows(parts, since, now);
  for (const month of months) {
    for (const until of untilsSince(since, now).filter((one) => one >= month)) {
      const { cells } = await countMonth(parts)(month, until, now);
      await parts.cells.write(month, until, cells);
    }
  }
  await noteCounted(parts, now);
  return months.length;
};

/**
 * Brings the facts and the counts by month up to date: reads the events written down since the last count, keeps the rows
 * that they change, and counts the months of these rows anew, also as they stood at the ends of months passed since. Nothing
 * new costs two reads. A crash is taken up by the next run; a second run changes nothing. Gives how many months were counted;
 * 0 also while somebody else counts.
 */
export const refreshFacts = (parts: RefreshParts) => async (): Promise<number> =>
  (await countAlone(parts, () => refreshAlone(parts))) ?? 0;
