import { tick } from '../clock.js';
import { CommandError } from '../errors.js';
import { atOnce, inTurns, isSteps } from '../flow.js';
import { rememberCommit } from '../sessions.js';
import { isEnding, refuseForeign, refuseNewIndexes } from '../transactions/allowed.js';
import { Broken } from '../transactions/broken.js';
import { continuedOf, type Found, startOf } from '../transactions/ofSession.js';
import { abort, commit, type Transaction, type Work } from '../transactions/transaction.js';
import { type Doc, decode } from '../values.js';
import type { Command, Reply, StoreContext } from './command.js';

/** A command as it came. */
interface Statement {
  name: string;
  command: Command;
  doc: Doc;
}

/**
 * Carries out a statement of a transaction, or ends it. What goes wrong in it aborts it. Errors: CommandError, with the label by
 * which drivers begin the transaction anew when that may help; DiskFailure.
 */
export async function runInTransaction(context: StoreContext, statement: Statement): Promise<Reply> {
  const { name, doc } = statement;
  refuseForeign(name, doc);
  try {
    const found = doc['startTransaction'] === true ? startOf(context, doc, context.now()) : continuedOf(context, doc);
    const { transaction } = found;
    if (transaction === 'committed') return await committedBefore(context, name, found);
    const turn = transaction.turn.then(() =>
      isEnding(name) ? end(context, name, found, transaction) : run(context, statement, transaction),
    );
    transaction.turn = turn.catch(() => undefined);
    return await turn;
  } catch (error) {
    throw error instanceof Broken ? told(error) : error;
  }
}

/** The codes of those errors after which the same statements may succeed. */
const TRANSIENT = [112, 251, 365];

function told({ code, message }: Broken): CommandError {
  return new CommandError(
    code,
    message,
    TRANSIENT.includes(code) ? { errorLabels: ['TransientTransactionError'] } : {},
  );
}

/** A commit that is sent again is answered once the disk has the first. */
async function committedBefore({ catalog }: StoreContext, name: string, { of }: Found): Promise<Reply> {
  if (name !== 'commitTransaction') throw new Broken(256, `Transaction ${of.txnNumber} has been committed.`);
  return catalog.storage.write(() => ({}));
}

async function end(context: StoreContext, name: string, { of }: Found, transaction: Transaction): Promise<Reply> {
  const { catalog, sessions, transactions, now } = context;
  if (name === 'abortTransaction') {
    workOf(transaction);
    abort(transactions.open, catalog, transaction);
    return {};
  }
  return catalog.storage.write(() => {
    workOf(transaction);
    commit(transactions.open, catalog, transaction);
    transactions.bySession.delete(of.id);
    rememberCommit(sessions, of.id, of.txnNumber, now());
    tick(context.member, now());
    return {};
  });
}

async function run(context: StoreContext, { name, command, doc }: Statement, transaction: Transaction): Promise<Reply> {
  const { catalog, transactions } = context;
  try {
    const { draft, cursors } = workOf(transaction);
    const own = { ...context, catalog: draft.catalog, cursors };
    if (name === 'createIndexes') refuseNewIndexes(draft.catalog, doc);
    if (command.writes !== true) {
      const answer = await command.run(own, doc);
      return isSteps(answer) ? await inTurns(answer) : answer;
    }
    // What others are just changing is seen only from within a change.
    const reply = await catalog.storage.write(() => {
      workOf(transaction);
      const answer = command.run(own, doc) as Reply;
      return isSteps(answer) ? atOnce(answer) : answer;
    });
    if (hasErrors(reply)) abort(transactions.open, catalog, transaction);
    return reply;
  } catch (error) {
    abort(transactions.open, catalog, transaction);
    throw error;
  }
}

/** Errors: Broken 251 when the transaction has ended. */
function workOf({ work, state, number }: Transaction): Work {
  if (work === null) throw new Broken(251, `Transaction with { txnNumber: ${number} } has been ${state}.`);
  return work;
}

/** Whether a batch tells of errors, beside what it did. */
function hasErrors(reply: Reply): boolean {
  const { writeErrors, nErrors } = reply instanceof Uint8Array ? decode(reply) : reply;
  return writeErrors !== undefined || Number(nErrors ?? 0) > 0;
}
