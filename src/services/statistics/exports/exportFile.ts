import { fileTaken } from '../../../domain/audit/auditNotes.js';
import type { Account } from '../../../domain/referrals/access.js';
import { fileName } from '../../../domain/statistics/exports.js';
import { FORMATS, type Format, type Sheet } from '../../../domain/statistics/sheets.js';
import type { Parts } from '../../parts.js';
import type { FigureQuery } from '../readFigures.js';
import { exportSheets, type SheetParts } from './exportSheets.js';

/** A file as it leaves: its bytes come piece by piece, in step with whoever takes them. */
export interface OutgoingFile {
  name: string;
  type: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** Tables as a file of this format: a CSV file holds the first alone. */
export const bytesOf = (
  { csv, xlsx }: Parts['fileWriters'],
  sheets: Sheet[],
  format: Format,
): AsyncIterable<Uint8Array> =>
  format === 'xlsx' ? xlsx(sheets) : csv(sheets[0] ?? { name: '', columns: [], rows: [] });

/** The figures of a period as a file, at once. Throws as `readFigures`. */
export const figuresFile =
  (parts: SheetParts & Pick<Parts, 'fileWriters' | 'note'>) =>
  async (by: Account, query: FigureQuery, format: Format): Promise<OutgoingFile> => {
    const { sheets } = await exportSheets(parts)(by, { ...query, what: 'figures', format });
    await parts.note(fileTaken(by, 'figures', { format }));
    return {
      name: fileName('figures', query.period, format),
      type: FORMATS[format].type,
      bytes: bytesOf(parts.fileWriters, sheets, format),
    };
  };
