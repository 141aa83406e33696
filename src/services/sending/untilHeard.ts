import { setTimeout } from 'node:timers/promises';
import type { Parts } from '../parts.js';

/** Milliseconds between two tries. */
const PAUSE = 1000;

/** Does a write that may be done twice, again and again while it fails, until `end`; then throws what the last try threw. */
export const untilHeard = async (
  write: () => Promise<void>,
  { clock, end }: Pick<Parts, 'clock'> & { end: Date },
): Promise<void> => {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (clock() >= end) throw error;
      await setTimeout(PAUSE, null, { ref: false });
    }
  }
};
