import type { AuditFault } from '../domain/audit/chain.js';
import { verifyAudit } from '../services/audit/verifyAudit.js';
import { BadUsage, type Command } from './command.js';

/** `desk audit verify`: reads the whole audit log and names the first line that is not as it was written. Exit code 1 then. */
export const audit: Command = async ([what, ...rest], desk) => {
  if (what !== 'verify' || rest.length > 0) throw new BadUsage('choisissez verify');
  const { from, upTo, hash, fault, sealed } = await desk.withStore(async (parts) => ({
    ...(await verifyAudit(parts)()),
    sealed: parts.secrets.length > 0,
  }));
  const first = from > 0 ? ` Les lignes 1 à ${from} ont été effacées à leur terme.` : '';
  const whole = upTo > from ? `Intact de la ligne ${from + 1} à la ligne ${upTo}.` : 'Aucune ligne vérifiée.';
  if (fault) throw new Error(`${FAULTS[fault.kind](fault)}\n${whole}${first}`);
  if (!sealed) desk.warn('Sans SESSION_SECRETS, les sceaux du début et de la fin ne sont pas vérifiés.');
  desk.print(
    upTo > from ? `Journal intact.\n${whole}${first}\nEmpreinte de la ligne ${upTo}\u00a0: ${hash}` : 'Journal vide.',
  );
};

const lines = (fault: AuditFault): string => {
  if (!('upTo' in fault)) return `La ligne ${fault.seq}`;
  const { seq, upTo } = fault;
  return seq === upTo ? `La ligne ${seq}` : `Les lignes ${seq} à ${upTo}`;
};
const missing = (fault: AuditFault): string =>
  `${lines(fault)} ${'upTo' in fault && fault.upTo > fault.seq ? 'manquent' : 'manque'}`;

const FAULTS: Record<AuditFault['kind'], (fault: AuditFault) => string> = {
  missing: (fault) => `${missing(fault)}.`,
  tail: (fault) => `${missing(fault)} à la fin du journal.`,
  changed: (fault) => `${lines(fault)} a été modifiée ou déplacée.`,
  unlinked: (fault) => `${lines(fault)} ne suit pas la ligne ${fault.seq - 1}\u00a0: l’une des deux a été réécrite.`,
  inserted: (fault) => `${lines(fault)} a été ajoutée après coup.`,
  head: (fault) =>
    `La fin du journal, notée à part, a été modifiée, effacée ou scellée par un autre secret (ligne ${fault.seq}).`,
  checkpoint: (fault) =>
    `Le début du journal a été effacé autrement que par le service, ou scellé par un autre secret (ligne ${fault.seq}).`,
};
