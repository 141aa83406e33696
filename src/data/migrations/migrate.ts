import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { newId } from '../records.js';
import { buildIndexes } from './buildIndexes.js';
import { migrationLedgerOn } from './ledger.js';
import { MIGRATIONS } from './list.js';
import { migrationLockOn } from './lock.js';
import type { Migration } from './migration.js';

/** How long, in milliseconds, the lock of a process that shows no life is left to it. */
const PATIENCE = 5000;
/** How often, within that time, its owner shows that it lives, and others look. */
const LOOKS = 10;

/** Thrown when a migration could not be done: what it did is kept, and the next run goes on from there. */
export class MigrationFailed extends Error {}
/** Thrown to whoever was taken for dead: somebody else goes on. */
class TakenOver extends Error {}

export interface MigrateOptions {
  /** Milliseconds. */
  patience?: number;
  /** Told that another process migrates, which is waited for; then of each migration that begins. */
  onWait?: () => void;
  onBegin?: (id: string) => void;
}

/**
 * The migrations of a store: those of the list, after the indexes that the code defines.
 * `migrations`: others, for those who try the machinery itself.
 */
export const migrationsOn = (connection: Connection, migrations: readonly Migration[] = MIGRATIONS) => {
  const ledger = migrationLedgerOn(connection);
  const lock = migrationLockOn(connection);
  const all = (): Migration[] => [buildIndexes(connection), ...migrations];

  const pending = async (): Promise<Migration[]> => {
    const wanted = all();
    const finished = await ledger.finished(wanted.map(({ id }) => id));
    return wanted.filter(({ id }) => !finished.has(id));
  };

  /** True with the lock; false when nothing is left to do meanwhile. */
  const hold = async (owner: string, patience: number, onWait: () => void): Promise<boolean> => {
    if (await lock.take(owner)) return true;
    onWait();
    let seen = await lock.see();
    let since = performance.now();
    while ((await pending()).length > 0) {
      if (!seen && (await lock.take(owner))) return true;
      if (seen && performance.now() - since > patience && (await lock.takeOver(seen, owner))) return true;
      await pause(patience / LOOKS);
      const now = await lock.see();
      if (now?.owner === seen?.owner && now?.beat === seen?.beat) continue;
      seen = now;
      since = performance.now();
    }
    return false;
  };

  const runOne = async ({ id, run }: Migration, owner: string): Promise<void> => {
    const stillOurs = async (): Promise<void> => {
      if (!(await lock.beat(owner))) throw new TakenOver('another process has taken over');
    };
    try {
      await stillOurs();
      const place = await ledger.begin(id, new Date());
      await run({
        connection,
        place,
        keepPlace: async (reached) => {
          await stillOurs();
          await ledger.keepPlace(id, reached);
        },
      });
      await stillOurs();
      await ledger.finish(id, new Date());
    } catch (error) {
      const reason = (error as Error).message;
      if (!(error instanceof TakenOver)) await ledger.fail(id, reason).catch(() => undefined);
      throw new MigrationFailed(`${id}: ${reason}`, { cause: error });
    }
  };

  return {
    ledger,
    lock,

    /** Ids of the migrations that this version needs and that the store has not had. */
    async behind(): Promise<string[]> {
      return (await pending()).map(({ id }) => id);
    },

    /**
     * Does them, each once, in order, and gives their ids; waits while another process does. The lock of one that died is
     * taken over, and its migration goes on from where it was. Errors: MigrationFailed, and those of the store.
     */
    async migrate({ patience = PATIENCE, onWait, onBegin }: MigrateOptions = {}): Promise<string[]> {
      const owner = newId();
      const done: string[] = [];
      if ((await pending()).length === 0 || !(await hold(owner, patience, onWait ?? (() => undefined)))) return done;
      const beating = setInterval(() => void lock.beat(owner).catch(() => undefined), patience / LOOKS);
      try {
        // Looked at again: somebody else may have done them before the lock was ours.
        for (const migration of await pending()) {
          onBegin?.(migration.id);
          await runOne(migration, owner);
          done.push(migration.id);
        }
        return done;
      } finally {
        clearInterval(beating);
        await lock.letGo(owner).catch(() => undefined);
      }
    },
  };
};
export type Migrations = ReturnType<typeof migrationsOn>;
