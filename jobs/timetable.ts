import type { Processor } from 'bullmq';
import type { RunTimetable } from '../src/services/runTimetable.js';

/** Does what the timetable asks for and is not done, whichever of its rows gave the signal. */
export const timetableJob =
  ({ runDue }: Pick<RunTimetable, 'runDue'>): Processor =>
  () =>
    runDue();
