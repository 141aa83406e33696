import type { Run } from '../data/runs.js';
import { latestSlot, type When } from '../domain/calendar/slots.js';
import { withoutAddresses } from '../domain/emails/withoutAddresses.js';
import { logger } from '../logger.js';
import type { Parts } from './parts.js';
import type { Sweep, Swept } from './sweep.js';

/** What runs by itself: each has a row in jobs/schedules.ts. */
export type TimedWork =
  | 'audit-head'
  | 'daily-digests'
  | 'purge'
  | 'refresh-figures'
  | 'report-reminder'
  | 'sweep'
  | 'verify-figures'
  | 'weekly-digests'
  | 'weekly-summary';

/** A row of the timetable. */
export interface Schedule {
  /** What it does, in the words of the operations page. */
  does: string;
  when: When;
  /** For how many days the ledger keeps its lines. */
  keptDays: number;
}
export type Schedules = Record<TimedWork, Schedule>;

type Slot = Pick<Run, 'slot'> & { name: TimedWork };
/** Does one slot; gives how many it dealt with. */
type Work = (slot: string) => Promise<number>;

type Needs = Pick<Parts, 'clock' | 'counts' | 'newId' | 'runs'> & {
  schedules: Schedules;
  sweep: Sweep;
  work: Record<Exclude<TimedWork, 'sweep'>, Work>;
};

/** For how long, in milliseconds, a worker answers for a slot; then another takes it over. Each work may be done twice. */
const LEASE = 10 * 60_000;

export const dealtWith = ({ settled, expired, due }: Swept): number => settled + expired + due;

/**
 * The timetable. BullMQ only says when to look; the ledger says which slots are done. A slot is done once, whichever worker
 * comes first; one that was missed is caught up by the next look, the latest of each row alone; one that failed, or whose
 * worker died, is begun again.
 */
export const runTimetable = ({ clock, counts, newId, runs, schedules, sweep, work }: Needs) => {
  /** Does what a slot asks, with its line in the ledger. Null: it is done, or under way elsewhere. */
  const keepLine = async <Done>(slot: Slot, act: () => Promise<Done>, countOf: (done: Done) => number) => {
    const now = clock();
    if (!(await runs.claim(slot, now, new Date(now.getTime() + LEASE)))) return null;
    try {
      const done = await act();
      await runs.finish(slot, { at: clock(), done: countOf(done) });
      counts.runs.add(slot.name, 'done');
      return done;
    } catch (error) {
      counts.runs.add(slot.name, 'failed');
      await runs.fail(slot, { at: clock(), because: withoutAddresses((error as Error).message) });
      throw error;
    }
  };

  const works: Record<TimedWork, Work> = { ...work, sweep: async () => dealtWith(await sweep()) };

  const dueSlots = async (): Promise<Slot[]> => {
    const now = clock();
    const names = Object.keys(schedules) as TimedWork[];
    const slots = names.map((name) => ({ name, slot: latestSlot(schedules[name].when, now) }));
    const finished = new Set<string>((await runs.finishedAmong(slots)).map(({ name }) => name));
    return slots.filter(({ name }) => !finished.has(name));
  };

  return {
    /** Does every slot that is due and not done, in the order of the timetable. One that fails keeps no other waiting. */
    async runDue(): Promise<void> {
      for (const slot of await dueSlots())
        await keepLine(slot, () => works[slot.name](slot.slot), Number).catch((error: unknown) =>
          logger.error({ err: error, ...slot }, 'could not do what the timetable asks'),
        );
    },

    /** Sweeps now, whatever was done this minute, with a line of its own. */
    sweepNow: (): Promise<Swept | null> =>
      keepLine({ name: 'sweep', slot: `${clock().toISOString()} ${newId()}` }, sweep, dealtWith),
  };
};
export type RunTimetable = ReturnType<typeof runTimetable>;
