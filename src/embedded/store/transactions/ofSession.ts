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
  takeOver(around, of);
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
  if (transaction?.number.eq(of.txnNumber)) return { of, transaction };
  if (of.last?.isTransaction === true) return { of, transaction: 'committed' };
  throw new Broken(
    251,
    `Given transaction number ${of.txnNumber} does not match any in-progress transactions. The active transaction number is ${transaction?.number ?? of.last?.txnNumber ?? -1}`,
  );
}

/** A session that goes on with another number leaves its transaction behind. Errors: CommandError, as readNumber; 217. */
export function leaveTransaction(around: Surroundings, command: Doc): void {
  if (command['txnNumber'] === undefined) return;
  const of = numberOf(around, command);
  takeOver(around, of);
  const { id, txnNumber } = of;
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

function numberOf({ sessions, transactions }: Surroundings, command: Doc): NumberOfSession {
  const of = readNumber(sessions, command);
  const current = transactions.bySession.get(of.id);
  if (current?.number.gt(of.txnNumber)) throw tooOld(of.txnNumber, current.number);
  return of;
}

/** A session that begins something new has no use for the transaction before. */
function takeOver({ transactions, catalog }: Surroundings, { id, txnNumber }: NumberOfSession): void {
  if (transactions.bySession.get(id)?.number.lt(txnNumber)) forgetTransactions(transactions, catalog, [id]);
}
