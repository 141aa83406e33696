import { accessRefused } from '../../domain/audit/auditNotes.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import { auditFile, readAudit } from './readAudit.js';

/** What administrators read of the audit log, and what the web tells it itself. Bound once to their parts. */
export const auditServices = (parts: Parts) => ({
  readAudit: readAudit(parts),
  auditFile: auditFile(parts),
  writeCsv: parts.fileWriters.csv,
  /** Somebody asked for what the table of access does not allow. `route`: the pattern of an address, never the address. */
  noteRefusal: (by: Account, route: string): Promise<void> => parts.note(accessRefused(by, route)),
});
