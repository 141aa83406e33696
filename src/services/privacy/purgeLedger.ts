import type { Parts } from '../parts.js';
import type { Schedules } from '../runTimetable.js';

const DAY = 86_400_000;

/** Forgets the lines of the ledger that are older than their row says. Gives how many went. */
export const purgeLedger =
  ({ clock, runs, schedules }: Pick<Parts, 'clock' | 'runs'> & { schedules: Schedules }) =>
  async (): Promise<number> => {
    let gone = 0;
    for (const [name, { keptDays }] of Object.entries(schedules))
      gone += await runs.forgetBefore(name, new Date(clock().getTime() - keptDays * DAY));
    return gone;
  };
