import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { noteOrderlyEnd } from './orderlyEnd.js';
import { openStorage, type Storage } from './storage.js';

/**
 * Copies the store as of its last commit to DIRECTORY/store, for a store of its own: nobody serves the copy yet.
 * Errors: those of the file system; LMDB's when there is a copy already.
 */
export async function copyFiles(storage: Storage, directory: string): Promise<void> {
  const files = path.join(directory, 'store');
  await mkdir(files, { recursive: true, mode: 0o700 });
  await storage.copyTo(files);
  const copy = openStorage(files);
  copy.changeOwner(copy.owner(), null);
  await copy.close();
  noteOrderlyEnd(files);
}
