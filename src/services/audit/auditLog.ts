import type { Store } from '../../data/store.js';
import type { AuditNote } from '../../domain/audit/auditActs.js';
import { type ChainEnd, chain, faultOf, NOTHING_YET } from '../../domain/audit/chain.js';
import { hashOfLine, sealed } from './seal.js';
import { shareWrites } from './shareWrites.js';

type DatedNote = AuditNote & { at: Date };
interface LogParts extends Pick<Store, 'auditLines' | 'auditEnds'> {
  clock: () => Date;
  /** SESSION_SECRETS: the first seals. Without any, nothing is sealed and the head stays where it is. */
  secrets: string[];
}

const furthest = (...ends: (ChainEnd | null)[]): ChainEnd =>
  ends.reduce<ChainEnd>((far, end) => (end && end.seq > far.seq ? end : far), NOTHING_YET);

/**
 * Puts notes behind the last line. Of several processes that want the same number one gets it (the index of `_id`), the
 * others go on behind. Where the head is further than the lines, somebody took lines away: the log goes on behind the head, and
 * the gap stays to be seen.
 */
const appender = ({ auditLines, auditEnds }: LogParts) => {
  let known: ChainEnd | null = null;

  const findEnd = async (): Promise<ChainEnd> => {
    const kept = [await auditEnds.read('checkpoint'), await auditEnds.read('head')];
    return furthest(...kept, await auditLines.last());
  };
  const append = async (notes: DatedNote[]): Promise<ChainEnd> => {
    let end = known ?? (await findEnd());
    for (let rest = notes; rest.length > 0; ) {
      const lines = chain(rest, end, hashOfLine);
      const written = await auditLines.append(lines);
      rest = rest.slice(written);
      end = rest.length > 0 ? furthest(await auditLines.last(), end) : (lines.at(-1) ?? end);
    }
    return end;
  };

  return async (notes: DatedNote[]): Promise<ChainEnd> => {
    const before = append(notes);
    known = null;
    known = await before;
    return known;
  };
};

/** Moves the head behind the last line: after the line, never before, and without anybody waiting for it. */
const headMover = ({ auditEnds, secrets: [secret] }: LogParts) => {
  let wanted: ChainEnd | null = null;
  let moving: Promise<void> | null = null;

  const move = async (): Promise<void> => {
    for (let end = wanted; end && secret; end = wanted) {
      wanted = null;
      // A head that stays behind is moved with the next line, whoever writes it.
      await auditEnds.move('head', sealed(secret, 'head', end)).catch(() => undefined);
    }
    moving = null;
  };
  return {
    moveTo: (end: ChainEnd): void => {
      wanted = end;
      moving ??= move();
    },
    settled: async (): Promise<void> => void (await moving),
  };
};

/** Replaces the oldest lines by a checkpoint, which a line of the log itself tells of. */
const purger =
  ({ auditLines, auditEnds, secrets: [secret] }: LogParts, note: (note: AuditNote) => Promise<void>) =>
  async (before: Date): Promise<number> => {
    const from = furthest(await auditEnds.read('checkpoint'));
    const upTo = await auditLines.lastBefore(before);
    if (!secret || !upTo || upTo.seq <= from.seq) return auditLines.removeUpTo(from.seq);
    const whole = await isWhole(auditLines.walk(), from, upTo);
    const detail = { of: 'audit', upTo: upTo.seq, hash: upTo.hash, lines: upTo.seq - from.seq, whole };
    await note({ act: 'purged', actor: 'desk', detail });
    await auditEnds.move('checkpoint', sealed(secret, 'checkpoint', upTo));
    return auditLines.removeUpTo(upTo.seq);
  };

const isWhole = async (lines: ReturnType<Store['auditLines']['walk']>, from: ChainEnd, upTo: ChainEnd) => {
  let end = from;
  for await (const line of lines) {
    if (line.seq <= from.seq) continue;
    if (line.seq > upTo.seq) break;
    if (faultOf(line, end, hashOfLine)) return false;
    end = line;
  }
  return end.seq === upTo.seq;
};

/** The audit log of one process. `settled`: once the head stands behind the last line. */
export const auditLog = (parts: LogParts) => {
  const append = appender(parts);
  const head = headMover(parts);
  const write = shareWrites<DatedNote>(async (notes) => head.moveTo(await append(notes)));
  const note = (of: AuditNote): Promise<void> => write({ ...of, at: parts.clock() });
  return { note, purgeBefore: purger(parts, note), settled: head.settled };
};
export type AuditLog = ReturnType<typeof auditLog>;
