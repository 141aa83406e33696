import { Binary, Long } from 'bson';
import { CommandError } from './errors.js';
import { readKeys } from './storage/entries.js';
import { SESSIONS, sessionIn, sessionKey } from './storage/layout.js';
import { sealDoc, unsealDoc } from './storage/sealed.js';
import type { Storage } from './storage/storage.js';
import { type Doc, isDoc } from './values.js';

/**
 * What is remembered of a client's session: the last write that it numbered and what was answered, or the transaction that it
 * committed.
 */
interface Session {
  usedAt: number;
  txnNumber: Long;
  reply: Doc | Uint8Array | null;
  isTransaction?: boolean;
}

/** The sessions that numbered a write, those used least first; on the disk as well, with what the write changed. */
export interface Sessions {
  readonly byId: Map<string, Session>;
  readonly storage: Storage;
}

export const SESSION_MINUTES = 30;
/** More than any honest client has: those used least are forgotten then. */
const MOST_SESSIONS = 10_000;
const ID_BYTES = 16;

/** The sessions of an earlier run, whose clients may send their last write again. Errors: Damaged. */
export function loadSessions(storage: Storage): Sessions {
  const found: [string, Session][] = [];
  for (const key of readKeys(storage, SESSIONS, 1)) {
    const { usedAt, txnNumber, reply, isTransaction } = unsealDoc(storage.get(key)!, 'what it says of a session');
    const kept = reply instanceof Binary ? reply.value() : (reply as Doc);
    const session = { usedAt: Number(usedAt), txnNumber: txnNumber as Long, reply: kept };
    found.push([sessionIn(key).toString('hex'), isTransaction === true ? { ...session, isTransaction } : session]);
  }
  return { byId: new Map(found.sort(([, a], [, b]) => a.usedAt - b.usedAt)), storage };
}

/** A write that its client may send again, after a connection broke, without it being done twice. */
export interface NumberedWrite {
  /** What was answered when it was done before; null when it was not. */
  reply: Doc | Uint8Array | null;
  /** To be told within the change that the write makes, so that the disk has both or neither. */
  remember(reply: Doc | Uint8Array): void;
}

/**
 * Reads by which session a command comes, and its number if it is a write that may come again.
 * Errors: CommandError, as readNumber; 217 when that is the number of a transaction.
 */
export function numberedWrite(sessions: Sessions, command: Doc, now: Date): NumberedWrite | null {
  if (command['txnNumber'] === undefined) return null;
  const { id, txnNumber, last } = readNumber(sessions, command);
  if (last?.isTransaction === true)
    throw new CommandError(217, `txnNumber ${txnNumber} is that of a transaction of the same session`);
  return {
    reply: last?.reply ?? null,
    remember: (reply) => keep(sessions, id, { usedAt: now.getTime(), txnNumber, reply }),
  };
}

/** By which session a command comes, and with which number; with what is remembered when it came before. */
export interface NumberOfSession {
  id: string;
  txnNumber: Long;
  last: Session | null;
}

/**
 * Errors: CommandError for a session that is none, 72 for a number without one, 225 when a later number has come since.
 */
export function readNumber(sessions: Sessions, { lsid, txnNumber }: Doc): NumberOfSession {
  const id = sessionId(lsid);
  if (id === null) throw new CommandError(72, 'Transaction number requires a session ID to also be specified');
  if (!(txnNumber instanceof Long) || txnNumber.lt(0)) throw new CommandError(14, 'txnNumber must be a long');
  const last = sessions.byId.get(id);
  if (last?.txnNumber.gt(txnNumber)) throw tooOld(txnNumber, last.txnNumber);
  return { id, txnNumber, last: last?.txnNumber.eq(txnNumber) === true ? last : null };
}

export function tooOld(given: Long, current: Long): CommandError {
  return new CommandError(
    225,
    `Retryable write with txnNumber ${given} is prohibited on session because a newer one with txnNumber ${current} has already started`,
  );
}

/** Remembers that a transaction was committed. Within the change that commits it. */
export function rememberCommit(sessions: Sessions, id: string, txnNumber: Long, now: Date): void {
  keep(sessions, id, { usedAt: now.getTime(), txnNumber, reply: {}, isTransaction: true });
}

function keep(sessions: Sessions, id: string, session: Session): void {
  const { byId, storage } = sessions;
  byId.delete(id);
  byId.set(id, session);
  const { reply } = session;
  const kept = { ...session, reply: reply instanceof Uint8Array ? new Binary(reply) : reply };
  storage.put(sessionKey(Buffer.from(id, 'hex')), sealDoc(kept));
  const [oldest] = byId.keys();
  if (byId.size > MOST_SESSIONS && oldest !== undefined) forget(sessions, oldest);
}

function forget({ byId, storage }: Sessions, id: string): void {
  if (byId.delete(id)) storage.remove(sessionKey(Buffer.from(id, 'hex')));
}

/** Errors: CommandError when it is no session. */
export function sessionId(lsid: unknown): string | null {
  if (lsid === undefined) return null;
  const id = isDoc(lsid) ? lsid['id'] : undefined;
  if (!(id instanceof Binary) || id.length() !== ID_BYTES)
    throw new CommandError(14, "BSON field 'OperationSessionInfo.lsid.id' is the wrong type");
  return Buffer.from(id.value()).toString('hex');
}

/** Forgets the sessions that ended; null for all. */
export function endSessions(sessions: Sessions, ended: string[] | null): void {
  for (const id of ended ?? [...sessions.byId.keys()]) forget(sessions, id);
}

/** Forgets the sessions that nobody has used for as long as hello told. Errors: DiskFailure. */
export function dropIdleSessions(sessions: Sessions, now: Date): void {
  const idle = [...sessions.byId].filter(([, { usedAt }]) => now.getTime() - usedAt > SESSION_MINUTES * 60_000);
  if (idle.length === 0) return;
  sessions.storage.writeNow(() => {
    for (const [id] of idle) forget(sessions, id);
  });
}
