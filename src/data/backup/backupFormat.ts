import type { Document } from 'bson';

/**
 * A backup is one gzip file: a line that says what follows (canonical extended JSON); the documents of each collection in
 * that order, as the store gave their BSON, each beginning with its length, and a length of zero after the last; a line with
 * the number of documents of each collection and the SHA-256 of every byte before it. Nothing comes after.
 */
export const FORMAT = 'porte-entree-innovation/backup';
export const FORMAT_VERSION = 1;

export interface BackedUpCollection {
  name: string;
  options: Document;
  /** But that of `_id`, which every collection has. */
  indexes: Document[];
}

export interface BackupHeader {
  format: typeof FORMAT;
  version: typeof FORMAT_VERSION;
  /** Version of the application that wrote it. */
  application: string;
  at: Date;
  /** Whether all was read as it stood at one instant. */
  isOneInstant: boolean;
  collections: BackedUpCollection[];
}

export interface BackupTrailer {
  counts: Record<string, number>;
  sha256: string;
}

/** After the last document of a collection. */
export const END_OF_COLLECTION = Buffer.alloc(4);

/**
 * Never in a backup. Sessions: they would let in again whoever had signed out, or was shut out, since; people sign in anew.
 * Who migrates at that moment: nobody does, once restored.
 * What Redis holds (the queue's ids, rate limits) is no collection: the sweep tells the queue again what is owed.
 */
const LEFT_OUT = ['sessions', 'migrationLocks'];

export const isBackedUp = (name: string): boolean => !LEFT_OUT.includes(name) && !name.startsWith('system.');

/**
 * The order in which collections are read where a single instant cannot be had. A write ends in a project or a referral,
 * with its event beside it, and only then goes on to the others: who reads these first, and events and e-mails last, misses
 * nothing of what follows from what was read. Counts come before the rows that they are counted again from, and their mark
 * before both. A draft is read before the project that it becomes.
 */
const FIRST = ['marks', 'drafts', 'counterDrafts', 'projects', 'referrals', 'projectfacts', 'referralfacts', 'cells'];
const LAST = ['events', 'deliveries'];

const placeOf = (name: string): number => {
  const first = FIRST.indexOf(name);
  if (first >= 0) return first - FIRST.length;
  return LAST.indexOf(name) + 1;
};

export const inReadingOrder = (names: string[]): string[] =>
  [...names].sort((one, other) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1));
