import { Double } from 'bson';
import { CommandError } from '../errors.js';
import type { Doc } from '../values.js';
import { aggregateCommands } from './aggregate.js';
import { collectionCommands } from './collections.js';
import { type Command, refuseUnknownFields, type StoreContext } from './command.js';
import { explainCommands } from './explain.js';
import { findCommands } from './find.js';
import { findAndModifyCommands } from './findAndModify.js';
import { handshakeCommands } from './handshake.js';
import { indexCommands } from './indexes.js';
import { writeCommands } from './write.js';

const COMMANDS: Record<string, Command> = {
  ...handshakeCommands,
  ...collectionCommands,
  ...indexCommands,
  ...findCommands,
  ...aggregateCommands,
  ...writeCommands,
  ...findAndModifyCommands,
  ...explainCommands,
};

/**
 * Runs one command from beginning to end without giving way, so that no other can come between its reading and its
 * writing. One that may write settles when the disk has what was changed. Errors: CommandError; DiskFailure.
 */
export async function runCommand(context: StoreContext, doc: Doc): Promise<Doc | Uint8Array> {
  const name = Object.keys(doc)[0] ?? '';
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : null;
  if (command === null) throw new CommandError(59, `no such command: '${name}' (not served by the embedded store)`);
  refuseUnknownFields(name, command.fields, doc);
  const run = () => command.run(context, doc);
  const reply = command.writes ? await context.catalog.storage.write(run) : run();
  return reply instanceof Uint8Array ? reply : { ...reply, ok: new Double(1) };
}

/** The answer that tells the client why a command was not served. */
export function errorReply(error: CommandError): Doc {
  return { ok: new Double(0), errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
}
