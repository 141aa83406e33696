import type { AuditNote } from './auditActs.js';

/** A line of the audit log. `hash` is taken over the line and the hash of the line before, so that each line holds all before it. */
export interface AuditLine extends AuditNote {
  /** 1, 2, 3…, without a gap. */
  seq: number;
  at: Date;
  previous: string;
  hash: string;
}

/** The last line of a stretch of the log. */
export interface ChainEnd {
  seq: number;
  hash: string;
}

/** What stands before the first line. */
export const NOTHING_YET: ChainEnd = { seq: 0, hash: '' };

/** What comes of a text: SHA-256, given by whoever calls. */
export type Hash = (text: string) => string;

/** The line as it is hashed: every field, always in this order, details by name. */
export const lineText = ({ seq, at, act, actor, about, detail, previous }: Omit<AuditLine, 'hash'>): string =>
  JSON.stringify([
    seq,
    at.toISOString(),
    act,
    typeof actor === 'string' ? actor : ['account', actor.account],
    about ? [about.kind, about.id] : null,
    Object.entries(detail ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    previous,
  ]);

/** Puts notes behind the end of the log, in their order. */
export const chain = (notes: (AuditNote & { at: Date })[], end: ChainEnd, hash: Hash): AuditLine[] => {
  let { seq, hash: previous } = end;
  return notes.map((note) => {
    seq += 1;
    const line = { ...note, seq, previous };
    previous = hash(lineText(line));
    return { ...line, hash: previous };
  });
};

/**
 * What is wrong with a line that should follow `end`; null when it does. `missing`: lines before it are gone. `changed`: it
 * does not say what it said when it was written, or stands elsewhere. `unlinked`: it does not follow the line before, one of
 * the two having been written anew. `inserted`: its number is none that the log gives.
 */
export const faultOf = (line: AuditLine, end: ChainEnd, hash: Hash): AuditFault | null => {
  if (!Number.isInteger(line.seq) || line.seq <= end.seq) return { kind: 'inserted', seq: line.seq };
  if (line.seq > end.seq + 1) return { kind: 'missing', seq: end.seq + 1, upTo: line.seq - 1 };
  if (hash(lineText(line)) !== line.hash) return { kind: 'changed', seq: line.seq };
  return line.previous === end.hash ? null : { kind: 'unlinked', seq: line.seq };
};

/**
 * The first thing that is wrong with the log. Beside what a line may show (`faultOf`): `tail`, the last lines are gone;
 * `head` and `checkpoint`, the number and hash kept apart for the end and for what was purged do not fit the lines, or bear no
 * seal of ours.
 */
export type AuditFault =
  | { kind: 'missing' | 'tail'; seq: number; upTo: number }
  | { kind: 'changed' | 'unlinked' | 'inserted' | 'head' | 'checkpoint'; seq: number };
