import { setTimeout } from 'node:timers/promises';

/** Milliseconds between two tries. */
const PAUSE = 1000;

/** Does a write that may be done twice, again and again while it fails, for so many milliseconds; then throws what the last try threw. */
export const untilHeard = async (write: () => Promise<void>, milliseconds: number): Promise<void> => {
  const end = performance.now() + milliseconds;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (performance.now() >= end) throw error;
      await setTimeout(PAUSE, null, { ref: false });
    }
  }
};
