import type { Long } from 'bson';
import type { Catalog } from '../catalog.js';
import type { Cursors } from '../cursors.js';
import type { Holder } from '../storage/claims.js';
import type { Snapshot } from '../storage/storage.js';
import { Broken } from './broken.js';
import { carryOut, createDraft, type Draft } from './draft.js';
import { guardOf } from './guard.js';

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
