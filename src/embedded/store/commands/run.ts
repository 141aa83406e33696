import { Double } from 'bson';
import type { Catalog } from '../catalog.js';
import { tick, timeFields } from '../clock.js';
import { CommandError } from '../errors.js';
import { atOnce, inTurns, isSteps, type Steps } from '../flow.js';
import { requireRoom } from '../room.js';
import { numberedWrite } from '../sessions.js';
import { isOfTransaction } from '../transactions/allowed.js';
import { leaveTransaction } from '../transactions/ofSession.js';
import { drafting, writePlainly } from '../transactions/plainWrites.js';
import { type Doc, isDoc, withFields } from '../values.js';
import { writeConcernError } from '../writeConcern.js';
import { aggregateCommands } from './aggregate.js';
import { bulkWriteCommands } from './bulkWrite.js';
import { collectionCommands } from './collections.js';
import { collModCommands } from './collMod.js';
import { type Command, type Reply, refuseUnknownFields, type StoreContext } from './command.js';
import { explainCommands } from './explain.js';
import { findCommands } from './find.js';
import { findAndModifyCommands } from './findAndModify.js';
import { handshakeCommands } from './handshake.js';
import { indexCommands } from './indexes.js';
import { runInTransaction } from './inTransaction.js';
import { searchIndexCommands } from './searchIndexes.js';
import { statisticsCommands } from './statistics.js';
import { transactionCommands } from './transactions.js';
import { writeCommands } from './write.js';

const COMMANDS: Record<string, Command> = {
  ...handshakeCommands,
  ...collectionCommands,
  ...collModCommands,
  ...indexCommands,
  ...findCommands,
  ...aggregateCommands,
  ...writeCommands,
  ...bulkWriteCommands,
  ...findAndModifyCommands,
  ...searchIndexCommands,
  ...statisticsCommands,
  ...explainCommands,
  ...transactionCommands,
};

/**
 * Runs one command: one that may write from beginning to end without giving way, so that no other can come between its reading
 * and its writing, and it settles when the disk has what was changed; one that reads gives way when it takes long.
 * Errors: CommandError; DiskFailure.
 */
export async function runCommand(context: StoreContext, doc: Doc): Promise<Reply> {
  const name = Object.keys(doc)[0] ?? '';
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : null;
  if (command === null) throw new CommandError(59, `no such command: '${name}' (not served by the embedded store)`);
  refuseUnknownFields(name, command, doc);
  const writes = typeof command.writes === 'function' ? command.writes(doc) : command.writes;
  if (writes) requireRoom(name, context.free);
  if (isOfTransaction(doc)) {
    const reply = await runInTransaction(context, { name, command, doc });
    return timed(context, withConcern(reply, doc['writeConcern']));
  }
  if (!writes) {
    const reply = await command.run(context, doc);
    return timed(context, isSteps(reply) ? await inTurns(reply) : reply);
  }
  const run = (catalog: Catalog) => runOnce({ ...context, catalog }, command, doc);
  return writePlainly(
    context.catalog,
    Number(doc['maxTimeMS'] ?? 0),
    command.retryable === true ? drafting(namespacesOf(name, doc), run) : run,
  );
}

/** The collections whose documents a write changes. */
function namespacesOf(name: string, doc: Doc): string[] {
  const { $db, nsInfo } = doc;
  if (name !== 'bulkWrite') return [`${String($db)}.${String(doc[name])}`];
  return Array.isArray(nsInfo) ? nsInfo.filter(isDoc).map(({ ns }) => String(ns)) : [];
}

/** A write that was done before, and is sent again because its answer was lost, is answered as it was then. */
function runOnce(context: StoreContext, command: Command, doc: Doc): Reply {
  leaveTransaction(context, doc);
  const numbered = numberedWrite(context.sessions, doc, context.now());
  if (numbered !== null && numbered.reply !== null) return numbered.reply;
  tick(context.member, context.now());
  const answer = command.run(context, doc) as Reply | Steps<Reply>;
  const done = isSteps(answer) ? atOnce(answer) : answer;
  const reply = timed(context, withConcern(done, doc['writeConcern']));
  numbered?.remember(reply);
  return reply;
}

/** What is asked of other members is told to be missing, beside what was done. */
function withConcern(reply: Reply, concern: unknown): Reply {
  const missing = writeConcernError(concern);
  if (missing === null) return reply;
  return reply instanceof Uint8Array ? withFields(reply, missing) : { ...reply, ...missing };
}

function timed({ member }: StoreContext, reply: Reply): Reply {
  if (reply instanceof Uint8Array) return withFields(reply, timeFields(member));
  return { ...reply, ok: new Double(1), ...timeFields(member) };
}

/** The answer that tells the client why a command was not served. */
export function errorReply(context: StoreContext, error: CommandError): Doc {
  const told = { ok: new Double(0), errmsg: error.message, code: error.code, codeName: error.codeName };
  return { ...told, ...error.details, ...timeFields(context.member) };
}
