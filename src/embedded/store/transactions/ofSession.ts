import type { Catalog } from '../catalog.js';
import { CommandError } from '../errors.js';
import { type NumberOfSession, readNumber, SESSION_MINUTES, type Sessions, tooOld } from '../sessions.js';
import type { Doc } from '../values.js';
import { Broken } from './broken.js';
import { abort, beginTransaction, type Transaction, type Transactions } from './transaction.js';

/** Where the transactions of the sessions are kept. */
export interface Surroundings {
  sessions: Sessions;
  transactions: Transactions;
  catalog: Catalog;
}

/** What a statement of a transaction finds of it. */
export interface Found {
  of: NumberOfSession;
  /** 'committed' when it was, before. */
  transaction: Transaction | 'committed';
}

/** More sessions than any honest clients have. */
const MOST_SESSIONS = 10_000;

/**
 * Begins the transaction of a session, in the place of the one before. Errors: CommandError, as readNumber; 117 when it began
 * already; Broken when there are too many.
 */
export function startOf(around: Surroundings, command: Doc, now: Date): Found {
  const { transactions, catalog } = around;
  const of = numberOf(around, command);
  if (of.last !== null || transactions.bySession.has(of.id))
    throw new CommandError(
      117,
      'Only servers in a sharded cluster can start a new transaction at the active transaction number',
    );
  const transaction = beginTransaction(transactions.open, catalog, of.txnNumber, now);
  transactions.bySession.set(of.id, transaction);
  const [oldest] = transactions.bySession.keys();
  if (transactions.bySession.size > MOST_SESSIONS && oldest !== undefined)
    forgetTransactions(transactions, catalog, [oldest]);
  return { of, transaction };
}

/** The transaction that a statement goes on with. Errors: CommandError, as readNumber; Broken 251 when there is none. */
export function continuedOf(around: Surroundings, command: Doc): Found {
  const of = numberOf(around, command);
  const transaction = around.transactions.bySession.get(of.id);
  if (transaction !== undefined) return { of, transaction };
  if (of.last?.isTransaction === true) return { of, transaction: 'committed' };
  throw new Broken(
    251,
    `Given transaction number ${of.txnNumber} does not match any in-progress transactions. The active transaction number is ${of.last === null ? -1 : of.last.txnNumber}`,
  );
}

/** A session that goes on with another number leaves its transaction behind. Errors: CommandError, as readNumber; 217. */
export function leaveTransaction(around: Surroundings, command: Doc): void {
  if (command['txnNumber'] === undefined) return;
  const { id, txnNumber } = numberOf(around, command);
  if (around.transactions.bySession.has(id))
    throw new CommandError(217, `txnNumber ${txnNumber} is that of a transaction of the same session`);
}

/** Aborts and forgets the transactions of these sessions; null for all. */
export function forgetTransactions({ bySession, open }: Transactions, catalog: Catalog, ids: string[] | null): void {
  for (const id of ids ?? [...bySession.keys()]) {
    const transaction = bySession.get(id);
    if (transaction !== undefined) abort(open, catalog, transaction);
    bySession.delete(id);
  }
}

/** Forgets those that were aborted so long ago that their session is over. */
export function dropIdleTransactions({ bySession }: Transactions, now: Date): void {
  for (const [id, { state, beganAt }] of bySession)
    if (state !== 'open' && now.getTime() - beganAt > SESSION_MINUTES * 60_000) bySession.delete(id);
}

/** After this a transaction that the session has is the one of this number. */
function numberOf({ sessions, transactions, catalog }: Surroundings, command: Doc): NumberOfSession {
  const of = readNumber(sessions, command);
  const current = transactions.bySession.get(of.id);
  if (current?.number.gt(of.txnNumber)) throw tooOld(of.txnNumber, current.number);
  if (current?.number.lt(of.txnNumber)) forgetTransactions(transactions, catalog, [of.id]);
  return of;
}
