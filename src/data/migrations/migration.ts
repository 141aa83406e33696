import type { Connection } from 'mongoose';

/** What a migration is given to work with. */
export interface MigrationWork {
  connection: Connection;
  /** How far an earlier attempt came, as it said itself; null when nobody has begun. */
  place: string | null;
  /**
   * Says how far it is, after each batch: whoever goes on after a crash begins there. Throws when somebody else has taken
   * over meanwhile, so that a process that was asleep writes no more.
   */
  keepPlace(place: string): Promise<void>;
}

/** A change of what the store holds, done once for all processes, by `desk migrate`. */
export interface Migration {
  /** Its number and name, by which the ledger knows it: "0001-wordsOfNotes". Never changed once released. */
  id: string;
  run(work: MigrationWork): Promise<void>;
}
