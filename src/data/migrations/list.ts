import type { Migration } from './migration.js';

/**
 * THE list of migrations, oldest first: one file each beside this one, named after its number ("0001-wordsOfNotes.ts").
 * Indexes need none: `buildIndexes` comes first in each release that defines new ones.
 * - Forward only: a row is never taken back nor changed; what was wrong is put right by another row.
 * - Safe while the version before still runs: it adds; what that version reads is removed one release later.
 * - Done again without harm: a crash may come between any two writes, and the same batch may be written twice.
 * - In batches, by `keepPlace`, when it goes through a collection that grows.
 */
export const MIGRATIONS: readonly Migration[] = [];
