import type { AuditFault, AuditLine, ChainEnd } from '../../domain/audit/chain.js';
import { faultOf, NOTHING_YET } from '../../domain/audit/chain.js';
import type { Parts } from '../parts.js';
import { hashOfLine, isOurs } from './seal.js';

/** `from`: the last line that was purged, 0 for none. Everything after it is whole up to `upTo`. */
export interface VerifiedAudit {
  from: number;
  upTo: number;
  /** The hash of that line: to be held against a copy kept elsewhere. */
  hash: string;
  fault: AuditFault | null;
}

const same = (a: ChainEnd, b: ChainEnd): boolean => a.seq === b.seq && a.hash === b.hash;
const tells = ({ act, detail }: AuditLine, { seq, hash }: ChainEnd): boolean =>
  act === 'purged' && detail?.['upTo'] === seq && detail['hash'] === hash;

/**
 * Reads the whole log and says up to which line it is as it was written. Neither the head nor the checkpoint is believed
 * without its seal (`secrets`; none: seals are not looked at). Lines behind the head are right: their writer was about to move
 * it. A purge under way meanwhile is waited for no more than once more from the start.
 */
export const verifyAudit =
  ({ auditLines, auditEnds, secrets }: Pick<Parts, 'auditLines' | 'auditEnds'> & { secrets: string[] }) =>
  async (): Promise<VerifiedAudit> => {
    const verifyOnce = async (): Promise<VerifiedAudit> => {
      const [head, checkpoint] = [await auditEnds.read('head'), await auditEnds.read('checkpoint')];
      const from = checkpoint ?? NOTHING_YET;
      let end: ChainEnd = from;
      let isCheckpointTold = checkpoint === null;
      const stop = (fault: AuditFault | null): VerifiedAudit => ({
        from: from.seq,
        upTo: end.seq,
        hash: end.hash,
        fault,
      });

      const isSealed = (name: 'head' | 'checkpoint', of: typeof head) =>
        !of || secrets.length === 0 || isOurs(secrets, name, of);
      if (!isSealed('checkpoint', checkpoint)) return stop({ kind: 'checkpoint', seq: from.seq });
      for await (const line of auditLines.walk()) {
        if (line.seq <= from.seq && Number.isInteger(line.seq)) continue;
        const fault = faultOf(line, end, hashOfLine);
        if (fault) return stop(fault);
        if (head && line.seq === head.seq && !same(line, head)) return stop({ kind: 'head', seq: head.seq });
        isCheckpointTold ||= tells(line, from);
        end = line;
      }
      if (head && head.seq > end.seq) return stop({ kind: 'tail', seq: end.seq + 1, upTo: head.seq });
      if (!isSealed('head', head) || (!head && end.seq > 0 && secrets.length > 0))
        return stop({ kind: 'head', seq: head?.seq ?? end.seq });
      return stop(isCheckpointTold ? null : { kind: 'checkpoint', seq: from.seq });
    };

    const verified = await verifyOnce();
    const now = await auditEnds.read('checkpoint');
    return verified.fault && (now?.seq ?? 0) > verified.from ? verifyOnce() : verified;
  };
