import { Long } from 'bson';
import { CommandError } from './errors.js';
import { keyOf } from './keys.js';
import { bsonType, type Doc, isDoc } from './values.js';

/** What is remembered of a client's session: the last write that it numbered, and what was answered. */
interface Session {
  usedAt: number;
  txnNumber: Long;
  reply: Doc | Uint8Array | null;
}
export type Sessions = Map<string, Session>;

export const SESSION_MINUTES = 30;
/** More than any honest client has: those used least are forgotten then. */
const MOST_SESSIONS = 10_000;

/** A write that its client may send again, after a connection broke, without it being done twice. */
export interface NumberedWrite {
  /** What was answered when it was done before; null when it was not. */
  reply: Doc | Uint8Array | null;
  remember(reply: Doc | Uint8Array): void;
}

/**
 * Reads by which session a command comes, and its number if it is a write that may come again.
 * Errors: CommandError for a session that is none, 72 for a number without one, 225 when a later write has come since.
 */
export function numberedWrite(sessions: Sessions, command: Doc, now: Date): NumberedWrite | null {
  const key = sessionKey(command['lsid']);
  const txnNumber = command['txnNumber'];
  if (txnNumber === undefined) return null;
  if (key === null) throw new CommandError(72, 'Transaction number requires a session ID to also be specified');
  if (!(txnNumber instanceof Long) || txnNumber.lt(0)) throw new CommandError(14, 'txnNumber must be a long');
  const last = sessions.get(key);
  if (last?.txnNumber.gt(txnNumber)) {
    throw new CommandError(
      225,
      `Retryable write with txnNumber ${txnNumber} is prohibited on session because a newer one with txnNumber ${last.txnNumber} has already started`,
    );
  }
  const session: Session = last?.txnNumber.eq(txnNumber) ? last : { usedAt: 0, txnNumber, reply: null };
  session.usedAt = now.getTime();
  // Put back at the end, so that those that are used least come first.
  sessions.delete(key);
  sessions.set(key, session);
  const [oldest] = sessions.keys();
  if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
  return {
    reply: session.reply,
    remember: (reply) => {
      session.reply = reply;
    },
  };
}

/** Errors: CommandError when it is no session. */
function sessionKey(lsid: unknown): string | null {
  if (lsid === undefined) return null;
  const id = isDoc(lsid) ? lsid['id'] : undefined;
  if (bsonType(id) !== 'Binary')
    throw new CommandError(14, "BSON field 'OperationSessionInfo.lsid.id' is the wrong type");
  return keyOf(id);
}

/** Forgets the sessions that their client ended. */
export function endSessions(sessions: Sessions, ended: unknown[]): void {
  for (const lsid of ended) {
    const key = sessionKey(lsid);
    if (key !== null) sessions.delete(key);
  }
}

/** Forgets the sessions that nobody has used for as long as hello told. */
export function dropIdleSessions(sessions: Sessions, now: Date): void {
  for (const [key, { usedAt }] of sessions) if (now.getTime() - usedAt > SESSION_MINUTES * 60_000) sessions.delete(key);
}
