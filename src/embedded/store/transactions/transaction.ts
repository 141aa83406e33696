import type { Long } from 'bson';
import { type Catalog, findCollection } from '../catalog.js';
import { type Collection, indexesOf } from '../collections.js';
import type { Cursors } from '../cursors.js';
import { type Guard, type Holder, keyClaim, namespaceClaim } from '../storage/claims.js';
import { following } from '../storage/layout.js';
import type { Snapshot, Storage } from '../storage/storage.js';
import { Broken, writeConflict } from './broken.js';
import { carryOut, createDraft, type Draft } from './draft.js';

/**
 * A transaction of several statements. It reads the last commit as it was when the transaction began, with its own writes over
 * it; what it has changed first nobody else may change until it ends.
 */
export interface Transaction extends Holder {
  readonly number: Long;
  state: 'open' | 'committed' | 'aborted';
  readonly beganAt: number;
  /** What it works on; null once it has ended. */
  work: Work | null;
  /** Settles when the statement that came last is done: they are carried out one after another. */
  turn: Promise<unknown>;
  /** Lets those go on that wait for its end. */
  end(): void;
}

export interface Work {
  readonly draft: Draft;
  readonly snapshot: Snapshot;
  readonly cursors: Cursors;
  bytes: number;
}

/** The last transaction of each session that has not committed it, and those of them that are open. */
export interface Transactions {
  readonly bySession: Map<string, Transaction>;
  readonly open: Set<Transaction>;
}
export const noTransactions = (): Transactions => ({ bySession: new Map(), open: new Set() });

/** As MongoDB's transactionLifetimeLimitSeconds. */
export const LIFETIME_SECONDS = 60;
/** Each holds one state of the files. */
const MOST_OPEN = 400;
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_BYTES_OF_ALL = 160 * 1024 * 1024;

/** Errors: Broken 365 when too many are open. */
export function beginTransaction(open: Set<Transaction>, base: Catalog, number: Long, now: Date): Transaction {
  if (open.size >= MOST_OPEN) throw new Broken(365, `No more than ${MOST_OPEN} transactions may be open at a time`);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const transaction: Transaction = {
    number,
    state: 'open',
    beganAt: now.getTime(),
    work: null,
    turn: Promise.resolve(),
    ended,
    end,
  };
  const snapshot = readingUntilEnd(base.storage.snapshot(), transaction);
  open.add(transaction);
  try {
    const guard = guardOf(base, snapshot, transaction);
    const grow = (bytes: number) => addBytes(open, transaction, bytes);
    transaction.work = { snapshot, draft: createDraft(base, snapshot, guard, grow), cursors: new Map(), bytes: 0 };
  } catch (error) {
    open.delete(transaction);
    snapshot.release();
    throw error;
  }
  return transaction;
}

/** Makes what it has done everybody's. Within a change of the files. */
export function commit(open: Set<Transaction>, base: Catalog, transaction: Transaction): void {
  if (transaction.work !== null) carryOut(base, transaction.work.draft);
  settle(open, base, transaction, 'committed');
}

/** Forgets what it has done; nothing happens when it has ended already. */
export function abort(open: Set<Transaction>, base: Catalog, transaction: Transaction): void {
  if (transaction.state === 'open') settle(open, base, transaction, 'aborted');
}

/** Ends those that have been open for longer than they may. */
export function abortExpired(open: Set<Transaction>, base: Catalog, now: Date): void {
  for (const transaction of open)
    if (now.getTime() - transaction.beganAt > LIFETIME_SECONDS * 1000) abort(open, base, transaction);
}

function settle(open: Set<Transaction>, base: Catalog, transaction: Transaction, state: 'committed' | 'aborted'): void {
  transaction.state = state;
  open.delete(transaction);
  base.storage.claims.release(transaction);
  transaction.work?.snapshot.release();
  transaction.work = null;
  transaction.end();
}

/** A reading that has not come to its end when its transaction does must not go on in files that have changed. */
function readingUntilEnd(snapshot: Snapshot, transaction: Transaction): Snapshot {
  const read = (): Snapshot => {
    if (transaction.state === 'open') return snapshot;
    throw new Broken(251, `Transaction ${transaction.number} has been aborted.`);
  };
  return {
    get: (key) => read().get(key),
    keys: (range, reading) => read().keys(range, reading),
    count: (range, most) => read().count(range, most),
    release: snapshot.release,
  };
}

function addBytes(open: Set<Transaction>, { work }: Transaction, bytes: number): void {
  if (work === null) return;
  work.bytes += bytes;
  if (work.bytes > MOST_BYTES)
    throw new Broken(257, `Total size of all transaction operations must be less than ${MOST_BYTES} bytes`);
  let all = 0;
  for (const other of open) all += other.work?.bytes ?? 0;
  if (all > MOST_BYTES_OF_ALL)
    throw new Broken(365, `All open transactions together must be less than ${MOST_BYTES_OF_ALL} bytes`);
}

/** The first to change something has it until its end; what others have changed since the beginning cannot be changed. */
function guardOf(base: Catalog, snapshot: Snapshot, transaction: Transaction): Guard {
  const { claims } = base.storage;
  const mine = new Set<string>();
  const add = (claim: string) => {
    mine.add(claim);
    claims.add(claim, transaction);
  };
  return {
    isIdle: () => false,
    change: (key) => {
      const claim = keyClaim(key);
      if (mine.has(claim)) return;
      if (claims.other(claim, transaction) !== null || !isSame(base.storage, snapshot, key)) throw writeConflict();
      add(claim);
    },
    enter: (entered) => {
      const collection = entered as Collection;
      if (!isUnshaped(base, collection)) throw writeConflict();
      add(namespaceClaim(`${collection.database}.${collection.name}`));
    },
    reshape: (namespace) => {
      const claim = namespaceClaim(namespace);
      if (mine.has(claim)) return;
      if (claims.other(claim, transaction) !== null || base.collections.has(namespace)) throw writeConflict();
      add(claim);
    },
  };
}

/** Whether what is kept under the keys that begin so is still what it was. */
function isSame(now: Pick<Storage, 'get' | 'keys'>, then: Pick<Storage, 'get' | 'keys'>, start: Buffer): boolean {
  const range = { start, end: following(start) };
  const [ours, theirs] = [now.keys(range, SOME), then.keys(range, SOME)];
  return (
    ours.length === theirs.length &&
    ours.every((key, i) => {
      if (!key.equals(theirs[i]!)) return false;
      const value = then.get(key)!;
      const current = now.get(key)!;
      // What is read of the files may lie in a longer buffer.
      return value.equals(current.subarray(0, current.length));
    })
  );
}

/** More keys than share one value that may be there once. */
const SOME = { limit: 1000 };

/** Whether a collection has the indexes that it had. */
function isUnshaped(base: Catalog, collection: Collection): boolean {
  const kept = findCollection(base, collection.database, collection.name);
  const ids = (of: Collection) => indexesOf(of).map(({ id }) => id);
  return kept !== null && kept.id === collection.id && ids(kept).join() === ids(collection).join();
}
