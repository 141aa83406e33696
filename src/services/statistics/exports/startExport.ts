import { exportNote } from '../../../domain/audit/auditNotes.js';
import type { Account } from '../../../domain/referrals/access.js';
import { fileName } from '../../../domain/statistics/exports.js';
import { filtersFor } from '../../../domain/statistics/filters.js';
import { Invalid } from '../../../errors.js';
import type { Parts } from '../../parts.js';
import { checkExport, type ExportQuery } from './exportSheets.js';

type Needs = Pick<Parts, 'clock' | 'enqueueExports' | 'exportRecords' | 'newId' | 'note'>;

/** Files of one person that the worker may have to make at a time. */
export const MOST_UNDER_WAY = 3;

const NEW_EXPORT = {
  state: 'waiting',
  done: 0,
  total: 0,
  size: 0,
  chunks: 0,
  attempt: 0,
  lockedUntil: null,
  failedBecause: null,
  finishedAt: null,
  expiresAt: null,
} as const;

/**
 * Asks for a file. The worker makes it; when Redis is away, the sweep will tell the worker. Gives the export's id. Throws as
 * `checkExport`, and Invalid while MOST_UNDER_WAY are being made for the same person.
 */
export const startExport =
  ({ clock, enqueueExports, exportRecords, newId, note }: Needs) =>
  async (by: Account, query: ExportQuery): Promise<string> => {
    checkExport(by, query);
    if ((await exportRecords.countUnderWay(by.id)) >= MOST_UNDER_WAY)
      throw new Invalid(`${MOST_UNDER_WAY} fichiers sont déjà en préparation pour vous. Attendez que l’un soit prêt.`);
    const { what, format, period } = query;
    const asked = {
      what,
      format,
      period,
      filters: filtersFor(by, query.filters),
      file: fileName(what, period, format),
    };
    const id = newId();
    await note(exportNote('export-asked', by, { id, what, format }));
    await exportRecords.insert({ id, by: by.id, ...asked, ...NEW_EXPORT, createdAt: clock() });
    await enqueueExports([id]);
    return id;
  };
