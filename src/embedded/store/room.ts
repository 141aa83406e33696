import { statfsSync } from 'node:fs';
import { CommandError } from './errors.js';

/**
 * Bytes that are left free on purpose: a write that the disk refuses half way ends the store, one that is refused before it begins
 * does not. More than the largest commit takes.
 */
const SPARE = 64 * 2 ** 20;

/** What may be done on a full disk: it takes little, and makes room for what comes. */
const MAKES_ROOM = new Set(['delete', 'drop', 'dropDatabase', 'dropIndexes', 'endSessions', 'killSessions']);

/** Bytes that are free where these files are; without an answer, as many as one likes. */
export const freeBytes = (directory: string): number => {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
};

/** Errors: CommandError 14031, as MongoDB says it, when there is no room for what this command may write. */
export function requireRoom(name: string, free: () => number): void {
  if (MAKES_ROOM.has(name)) return;
  const left = free();
  if (left >= SPARE) return;
  throw new CommandError(
    14031,
    `The embedded store writes no more: ${left} bytes are free on its disk, fewer than ${SPARE}`,
  );
}
