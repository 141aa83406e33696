import type { Export } from '../../../data/exports.js';
import { exportNote } from '../../../domain/audit/auditNotes.js';
import { type Account, may } from '../../../domain/referrals/access.js';
import { mayExport } from '../../../domain/statistics/exports.js';
import { FORMATS } from '../../../domain/statistics/sheets.js';
import { Forbidden, Gone, NotFound } from '../../../errors.js';
import type { Parts } from '../../parts.js';
import type { OutgoingFile } from './exportFile.js';

const LATEST = 20;

/** The files that this account has asked for, latest first. Throws Forbidden for who reads no figures. */
export const readExports =
  ({ exportRecords }: Pick<Parts, 'exportRecords'>) =>
  async (reader: Account): Promise<Export[]> => {
    if (!may(reader, 'seeFigures')) throw new Forbidden();
    return exportRecords.of(reader.id, LATEST);
  };

export const hasExpired = ({ expiresAt }: Pick<Export, 'expiresAt'>, now: Date): boolean =>
  expiresAt !== null && expiresAt <= now;

/**
 * A file that is ready. Throws NotFound for what somebody else asked for or what is not ready, Gone once its time is over, and
 * Forbidden when the account may no longer have it.
 */
export const fetchExport =
  ({ clock, exportChunks, exportRecords, note }: Pick<Parts, 'clock' | 'exportChunks' | 'exportRecords' | 'note'>) =>
  async (reader: Account, id: string): Promise<OutgoingFile & { size: number }> => {
    const found = await exportRecords.byId(id);
    if (found?.by !== reader.id) throw new NotFound();
    if (!mayExport(reader, found.what)) throw new Forbidden();
    if (found.state !== 'done') throw new NotFound('Ce fichier n’est pas prêt. La page des exports dit où il en est.');
    if (hasExpired(found, clock())) throw new Gone('Ce fichier n’est plus gardé. Demandez-le de nouveau.');
    await note(exportNote('export-fetched', reader, found));
    return {
      name: found.file,
      type: FORMATS[found.format].type,
      size: found.size,
      bytes: exportChunks.read(found, found.chunks),
    };
  };

/** Takes a file away, made or not. Throws NotFound for what is somebody else's, or gone already. */
export const removeExport =
  ({ exportChunks, exportRecords }: Pick<Parts, 'exportChunks' | 'exportRecords'>) =>
  async (by: Account, id: string): Promise<void> => {
    if (!may(by, 'seeFigures')) throw new Forbidden();
    if (!(await exportRecords.remove(id, by.id))) throw new NotFound();
    await exportChunks.removeOf(id);
  };
