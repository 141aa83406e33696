import type { Parts } from '../parts.js';
import { recountPast } from '../statistics/rebuildFacts.js';
import type { RefreshParts } from '../statistics/refreshFacts.js';

type Needs = Pick<
  Parts,
  | 'absences'
  | 'accounts'
  | 'channels'
  | 'deliveries'
  | 'events'
  | 'exportRecords'
  | 'inbox'
  | 'links'
  | 'marks'
  | 'namedPeriods'
  | 'noteDrafts'
  | 'notes'
  | 'partnerSettings'
  | 'projects'
  | 'referrals'
  | 'reportFiles'
  | 'reports'
  | 'savedViews'
  | 'sessions'
>;

/** Where the store remembers what became of the demonstration: loading, loaded or removed. */
export const MARK = 'demonstration';

/** How many projects and accounts went. */
export interface Removed {
  projects: number;
  accounts: number;
}

/** Projects go after what they own, so that a second run completes one that was interrupted. */
export const takeAway = async (parts: Needs): Promise<Removed> => {
  const { absences, accounts, channels, deliveries, events, links, partnerSettings, projects, referrals } = parts;
  const ids = await projects.demoIds();
  for (const { removeOfProjects } of [parts.noteDrafts, parts.notes, parts.inbox, deliveries, links, events, referrals])
    await removeOfProjects(ids);
  await projects.removeDemo();
  const staff = await accounts.demoIds();
  await parts.reportFiles.removeOf(await parts.reports.idsMadeBy(staff));
  for (const { removeMadeBy } of [channels, parts.exportRecords, parts.namedPeriods, partnerSettings, parts.reports])
    await removeMadeBy(staff);
  await absences.removeOf(staff);
  await parts.savedViews.removeOf(staff);
  await parts.sessions.removeOf(staff);
  return { projects: ids.length, accounts: await accounts.removeDemo() };
};

/**
 * Takes the demonstration away, and nothing else: its projects with all that follows from them, its accounts, and the entry
 * links that these made. It does not come back by itself at the next start.
 */
export const removeDemonstration = async (parts: Needs & RefreshParts): Promise<Removed> => {
  await parts.marks.write(MARK, 'removed');
  const removed = await takeAway(parts);
  await recountPast(parts);
  return removed;
};
