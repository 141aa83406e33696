import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkFile } from './fileCheck.js';

/**
 * What an orderly end leaves beside the file: its size and the moment of its last writing. When these are still so at the next
 * start, nobody has touched it.
 */
const NOTE = 'closed.json';
const FILE = 'data.mdb';
/** How long the file may be read after a crash; a small one is read in full. */
const CHECK_MS = 500;

interface Note {
  size: number;
  modified: number;
}

function noteOf(directory: string): Note | null {
  try {
    const { size, mtimeMs } = statSync(path.join(directory, FILE));
    return { size, modified: mtimeMs };
  } catch {
    return null;
  }
}

/**
 * Checks the file before it is opened: not at all when it is as an orderly end left it, in full when it is not, for half a
 * second after a crash. Errors: Damaged.
 */
export function checkBeforeOpening(directory: string): void {
  const found = noteOf(directory);
  if (found === null) return;
  const left = readNote(directory);
  if (left?.size === found.size && left.modified === found.modified) return;
  checkFile(path.join(directory, FILE), left === null ? Date.now() + CHECK_MS : Number.POSITIVE_INFINITY);
}

function readNote(directory: string): Note | null {
  try {
    return JSON.parse(readFileSync(path.join(directory, NOTE), 'utf8')) as Note;
  } catch {
    return null;
  }
}

/** Once the files are in use, what was noted holds no longer. */
export function forgetOrderlyEnd(directory: string): void {
  rmSync(path.join(directory, NOTE), { force: true });
}

/** After the files were closed. */
export function noteOrderlyEnd(directory: string): void {
  const note = noteOf(directory);
  if (note !== null) writeFileSync(path.join(directory, NOTE), JSON.stringify(note), { mode: 0o600 });
}
