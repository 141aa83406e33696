import { setTimeout } from 'node:timers/promises';

/** A store that is away says so after some seconds: so many tries last about as long as an e-mail is claimed for. */
const TRIES = 20;
/** Milliseconds between two. */
const PAUSE = 1000;

/** Does a write that may be done twice, again and again while it fails. Throws what the last try threw. */
export const untilHeard = async (write: () => Promise<void>): Promise<void> => {
  for (let tries = 1; tries < TRIES; tries += 1) {
    try {
      return await write();
    } catch {
      await setTimeout(PAUSE, null, { ref: false });
    }
  }
  return write();
};
