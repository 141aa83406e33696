import type { Queue, RepeatOptions } from 'bullmq';
import type { Schedule } from '../src/services/runTimetable.js';
import { SCHEDULES } from './schedules.js';

/** The hours of a row are looked at each day: which of its times is due, the domain decides. */
const repeatOf = ({ when }: Schedule): Omit<RepeatOptions, 'key'> => {
  if (when.every === 'minute') return { every: 60_000 };
  const [hour, minute] = when.at.split(':').map(Number);
  return { pattern: `${minute} ${hour} * * *`, tz: 'Europe/Paris' };
};

/** Tells Redis when to look at the timetable. Done again after every return of Redis, which may have come back empty. */
export const tellTimetable = async (timetable: Queue): Promise<void> => {
  for (const [name, schedule] of Object.entries(SCHEDULES)) {
    const opts = { removeOnComplete: true, removeOnFail: true };
    await timetable.upsertJobScheduler(name, repeatOf(schedule), { name, opts });
  }
};
