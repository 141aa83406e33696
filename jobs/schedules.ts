import type { Queue, RepeatOptions } from 'bullmq';

/**
 * What runs by itself, and when. Each of these asks "what is due and not done", so a run that was missed is caught up by the
 * next one and a second run changes nothing. Times of day are those of Paris.
 */
export const SCHEDULES = {
  sweep: { every: 60_000 },
} as const satisfies Record<string, Omit<RepeatOptions, 'key'>>;

/** Tells Redis the timetable. Done again after every return of Redis, which may have come back empty. */
export const applySchedules = async (timetable: Queue): Promise<void> => {
  for (const [name, repeat] of Object.entries(SCHEDULES)) {
    const opts = { removeOnComplete: true, removeOnFail: true };
    await timetable.upsertJobScheduler(name, repeat, { name, opts });
  }
};
