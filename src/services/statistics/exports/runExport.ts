import type { Export } from '../../../data/exports.js';
import { planAccountEmail } from '../../../domain/emails/planEmails.js';
import { KEPT_DAYS } from '../../../domain/statistics/exports.js';
import { Forbidden, KnownError } from '../../../errors.js';
import type { Parts } from '../../parts.js';
import { bytesOf } from './exportFile.js';
import { exportSheets, type SheetParts } from './exportSheets.js';

export type RunExportParts = SheetParts &
  Pick<Parts, 'accounts' | 'deliveries' | 'enqueue' | 'exportChunks' | 'exportRecords' | 'fileWriters'>;

/** How long, in milliseconds, a worker answers for an export after its last sign of life. */
const LOCK = 30_000;
/** Begun that often and never ended, it is given up. */
const MOST_ATTEMPTS = 5;
/** Bytes of a document of the store. */
const CHUNK = 512 * 1024;
/** Rows between two signs of life. */
const STEP = 2000;
const DAY = 86_400_000;
/** Whoever has waited longer than so many milliseconds has gone to do something else. */
const WAITED = 60_000;

export type ExportOutcome = 'done' | 'stopped' | 'released' | 'failed' | 'nothing to do';

/**
 * Makes a file that waits, or that a dead worker has left: from its first row, so that doing it again changes nothing. It goes on
 * only while the export is still its own: not taken away by whoever asked for it, not taken over by another worker. When this
 * process stops (`leaving`), it gives the export back. Who may no longer have it gets nothing.
 */
export const runExport =
  (parts: RunExportParts) =>
  async (id: string, leaving?: AbortSignal): Promise<ExportOutcome> => {
    const { clock, exportRecords } = parts;
    const asked = await exportRecords.claim(id, clock(), lockedUntil(parts));
    if (!asked) return 'nothing to do';
    await parts.exportChunks.forgetBefore(asked);
    if (asked.attempt > MOST_ATTEMPTS) return failed(parts, asked, `${MOST_ATTEMPTS} tries came to no end`);
    try {
      return await make(parts, asked, leaving);
    } catch (error) {
      if (error instanceof KnownError) return failed(parts, asked, error.message);
      throw error;
    }
  };
export type RunExport = ReturnType<typeof runExport>;

const lockedUntil = ({ clock }: Pick<RunExportParts, 'clock'>): Date => new Date(clock().getTime() + LOCK);

const failed = async ({ clock, exportChunks, exportRecords }: RunExportParts, asked: Export, because: string) => {
  await exportRecords.fail(asked, because, clock());
  await exportChunks.removeOf(asked.id);
  return 'failed' as const;
};

const make = async (parts: RunExportParts, asked: Export, leaving?: AbortSignal): Promise<ExportOutcome> => {
  const { accounts, clock, exportRecords } = parts;
  const by = await accounts.byId(asked.by);
  if (!by) throw new Forbidden();
  let done = 0;
  let told = 0;
  const { sheets, total } = await exportSheets(parts)(by, asked, (count) => {
    done += count;
  });
  let isOurs = await exportRecords.progress(asked, { total }, lockedUntil(parts));
  const expiresAt = new Date(clock().getTime() + KEPT_DAYS * DAY);
  const file = writeChunks(parts, asked, expiresAt);
  for await (const piece of bytesOf(parts.fileWriters, sheets, asked.format)) {
    await file.add(piece);
    if (done - told >= STEP) {
      isOurs = isOurs && (await exportRecords.progress(asked, { done }, lockedUntil(parts)));
      told = done;
    }
    if (!isOurs || leaving?.aborted) break;
  }
  if (isOurs && leaving?.aborted) {
    await exportRecords.release(asked);
    return 'released';
  }
  if (!isOurs) return stopped(parts, asked);
  const { size, chunks } = await file.end();
  const now = clock();
  if (now.getTime() - asked.createdAt.getTime() > WAITED) await announce(parts, asked, now);
  const isDone = await exportRecords.finish(asked, { done, total: done, size, chunks, finishedAt: now, expiresAt });
  return isDone ? 'done' : stopped(parts, asked);
};

/** Taken away meanwhile, nothing of it stays; taken over by another worker, its pieces are not ours. */
const stopped = async ({ exportChunks, exportRecords }: RunExportParts, { id }: Export) => {
  if (!(await exportRecords.byId(id))) await exportChunks.removeOf(id);
  return 'stopped' as const;
};

/** Before the end is written, so that a crash in between loses nothing; the same export is announced once. */
const announce = async ({ deliveries, enqueue }: RunExportParts, { id, by }: Export, at: Date): Promise<void> => {
  const email = planAccountEmail({ id: by }, { which: 'account-export-ready', at, occasion: id });
  await enqueue(await deliveries.plan([email], at));
};

/** Keeps the bytes of a file in documents of the store, one after the other. */
const writeChunks = ({ exportChunks }: RunExportParts, asked: Export, expiresAt: Date) => {
  let held: Uint8Array[] = [];
  let length = 0;
  let chunks = 0;
  let size = 0;

  const write = async (): Promise<void> => {
    await exportChunks.write(asked, chunks, Buffer.concat(held), expiresAt);
    chunks += 1;
    size += length;
    held = [];
    length = 0;
  };

  return {
    async add(piece: Uint8Array): Promise<void> {
      held.push(piece);
      length += piece.length;
      if (length >= CHUNK) await write();
    },
    async end(): Promise<{ size: number; chunks: number }> {
      if (length > 0) await write();
      return { size, chunks };
    },
  };
};
