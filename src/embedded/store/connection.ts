import type { Socket } from 'node:net';
import { logger } from '../../logger.js';
import type { StoreContext } from './commands/command.js';
import { errorReply, runCommand } from './commands/run.js';
import { CommandError, MalformedMessage } from './errors.js';
import { DiskFailure } from './storage/storage.js';
import type { Doc } from './values.js';
import { HEADER_BYTES, messageLength, type Request, readRequest, writeReply } from './wire.js';

/**
 * Serves one client until it leaves, one message after another. A message that makes no sense closes this connection
 * alone. Errors: only those of the disk, after which nothing must be acknowledged any more.
 */
export async function serveConnection(socket: Socket, context: StoreContext): Promise<void> {
  socket.setNoDelay(true);
  try {
    for await (const message of messages(socket)) {
      const request = readRequest(message);
      const reply = await answer(request, context);
      // A client that does not read its answers is not given more of them.
      if (!request.moreToCome && !socket.write(reply) && !socket.destroyed) await drained(socket);
      if (socket.destroyed) break;
    }
  } catch (error) {
    if (error instanceof DiskFailure) throw error;
    if (error instanceof MalformedMessage)
      logger.warn({ reason: error.message }, 'embedded store: a connection sent what is not a message');
    else if (!isNetworkError(error)) logger.error({ err: error }, 'embedded store: a connection failed');
  } finally {
    socket.destroy();
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      socket.off('drain', end);
      socket.off('close', end);
      resolve();
    };
    socket.once('drain', end);
    socket.once('close', end);
  });
}

async function* messages(socket: Socket): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let size = 0;
  let needed = HEADER_BYTES;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= needed) {
      const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      chunks = [bytes];
      const length = messageLength(bytes);
      needed = length;
      if (size < length) break;
      yield bytes.subarray(0, length);
      chunks = [bytes.subarray(length)];
      size -= length;
      needed = HEADER_BYTES;
    }
  }
}

async function answer(request: Request, context: StoreContext): Promise<Buffer> {
  let reply: Doc | Uint8Array;
  try {
    reply = await runCommand(context, request.command());
  } catch (error) {
    if (error instanceof MalformedMessage || error instanceof DiskFailure) throw error;
    reply = errorReply(context, asCommandError(error));
  }
  return writeReply(request, reply);
}

/** A fault of ours is an error of that command, logged; it must not take the other clients down. */
function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  logger.error({ err: error }, 'embedded store: a command failed');
  return new CommandError(1, `The embedded store failed: ${(error as Error).message}`);
}

function isNetworkError(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as NodeJS.ErrnoException).code ?? '');
}
